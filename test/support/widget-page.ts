import { existsSync } from 'node:fs'
import { join } from 'node:path'
import axe from 'axe-core'
import { type BrowserContext, type BrowserContextOptions, type Page, selectors } from 'playwright-core'
import { expect } from 'vitest'
import { buildClients } from '../../clients/build.ts'
import { aBrowser, screenshotPath } from './browser.ts'
import { aChat, type ChatOptions } from './chat.ts'

selectors.setTestIdAttribute('data-test')

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** As the loader opens it. */
const phone = { width: 376, height: 620 }
/** Where the tests' files say that they are. */
const filesOrigin = 'https://chat.example'

/** A visitor's widget in real browsers over a node of the chat, and agents who answer by socket. */
export async function aWidgetPage(options: ChatOptions = {}) {
  const dist = join(import.meta.dirname, '..', '..', 'dist')
  if (!existsSync(join(dist, 'widget', 'frame.html'))) await buildClients(dist)
  const [chat, { browser, close: closeBrowser }] = await Promise.all([aChat(options), aBrowser()])
  const { url } = chat.node()

  /** One more tab of a browser. */
  const tab = async (context: BrowserContext, inbox = 'default') => {
    const page = await context.newPage()
    page.setDefaultTimeout(20_000)
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(String(error)))
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) problems.push(message.text())
    })
    await page.goto(`${url}/widget/frame?inbox=${inbox}`)
    await page.getByTestId('widget-input').waitFor()
    return { context, page, problems }
  }
  const open = async ({ inbox, ...options }: BrowserContextOptions & { inbox?: string } = {}) => {
    const context = await browser.newContext({ viewport: phone, ...options })
    await context.route(`${filesOrigin}/**`, async (route) => {
      const { pathname, search } = new URL(route.request().url())
      const response = await fetch(`${url}${pathname}${search}`)
      const body = Buffer.from(await response.arrayBuffer())
      await route.fulfill({ status: response.status, headers: Object.fromEntries(response.headers), body })
    })
    return tab(context, inbox)
  }

  /** The chat that the page has begun. */
  const sessionOf = async (page: Page): Promise<{ sessionId: string; token: string }> => {
    const inbox = new URL(page.url()).searchParams.get('inbox')
    const saved = () => page.evaluate((key) => localStorage.getItem(key), `deskbridge:${inbox}`)
    await expect.poll(saved, { timeout: 15_000 }).not.toBeNull()
    return JSON.parse((await saved()) ?? '')
  }

  /** An agent in the page's chat. */
  const answering = async (page: Page, name = 'Bo Bell') => {
    const { sessionId } = await sessionOf(page)
    const { token, id } = await chat.agent(name, { email: `${crypto.randomUUID()}@example.com` })
    const { ask, shown, socket } = chat.connect(token)
    await expect.poll(() => page.getByTestId('widget-pending').count(), { timeout: 15_000 }).toBe(0)
    const joined = await ask('agent_join', { sessionId })
    const say = (content: string, more: object = {}) => ask('send_message', chat.aMessage(sessionId, content, more))
    return {
      ...{ id, token, sessionId, shown, socket, say },
      ask: (event: string, payload: object = {}) => ask(event, { sessionId, ...payload }),
      /** What the visitor has written since. */
      heard: () =>
        shown.flatMap(({ event, data }) =>
          event === 'new_message' && data.senderType === 'visitor' && data.seq > joined.seq ? [data] : [],
        ),
    }
  }

  /** What axe finds on it as it is now. */
  const examine = async (page: Page) => {
    await page.evaluate(axe.source)
    const found = await page.evaluate(
      (runOnly) => Object(globalThis).axe.run(document, { runOnly }) as Promise<axe.AxeResults>,
      rules,
    )
    expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  }
  const shot = (page: Page, name: string) =>
    page.screenshot({ path: screenshotPath(`widget-${name}`), animations: 'disabled' })

  return {
    ...{ chat, browser, open, tab, sessionOf, answering, examine, shot },
    async close() {
      await closeBrowser()
      await chat.close()
    },
  }
}

export type WidgetPage = Awaited<ReturnType<typeof aWidgetPage>>

export const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 15_000, interval: 20 })

export async function write(page: Page, text: string) {
  await page.getByTestId('widget-input').fill(text)
  await page.getByTestId('widget-input').press('Enter')
}

export const texts = (page: Page) => page.getByTestId('widget-message').locator('.bubble').allTextContents()
