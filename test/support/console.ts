import axe from 'axe-core'
import { type BrowserContextOptions, type Page, selectors } from 'playwright-core'
import { expect } from 'vitest'
import { aBrowser, screenshotPath } from './browser.ts'
import { adminKey, aWorld, type WorldOptions } from './world.ts'

selectors.setTestIdAttribute('data-test')

const password = 'correct horse battery'
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

interface Opening extends BrowserContextOptions {
  /** An email; null: nobody signs in. The administrator by default. */
  as?: string | null
}

/** The console over a whole service, with an administrator. */
export async function aConsole(options: WorldOptions = {}) {
  const [world, { browser, close: closeBrowser }] = await Promise.all([aWorld(options), aBrowser()])
  const signedIn = new Map<string, Awaited<ReturnType<typeof signIn>>>()
  const headers = { authorization: `Bearer ${adminKey}` }

  /** As the administrator's key does. */
  const api = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const response = await fetch(`${world.url}${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    })
    return (response.status === 204 ? null : await response.json()) as T
  }
  const anAccount = async (name: string, role: string, more: object = {}) => {
    const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`
    const { id } = await api<{ id: string }>('POST', '/api/admin/agents', { name, email, role, password, ...more })
    return { id, email, password }
  }
  async function signIn(email: string) {
    const context = await browser.newContext()
    await context.request.post(`${world.url}/api/auth/sign-in`, {
      data: { email, password },
      headers: { origin: world.url },
    })
    const state = await context.storageState()
    await context.close()
    return state
  }

  const admin = await anAccount('Ada Lovelace', 'admin')

  const open = async (path: string, { as = admin.email, ...options }: Opening = {}) => {
    if (as !== null && !signedIn.has(as)) signedIn.set(as, await signIn(as))
    const storageState = as === null ? undefined : signedIn.get(as)
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      // Without it a browser may have a language that is none.
      locale: 'en-GB',
      ...(storageState && { storageState }),
      ...options,
    })
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    const problems: string[] = []
    page.on('pageerror', (error) => problems.push(String(error)))
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) problems.push(message.text())
    })
    await page.goto(`${world.url}${path}`)
    return { context, page, problems }
  }
  const shot = (page: Page, name: string) =>
    page.screenshot({ path: screenshotPath(`console-${name}`), animations: 'disabled' })

  /** What axe finds on a page, in light and in dark, each with a picture. `ready` makes the page show what is looked at. */
  const examine = async (
    path: string,
    name: string,
    ready: (page: Page) => Promise<unknown>,
    opening: Opening = {},
  ) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const { context, page } = await open(path, { colorScheme, bypassCSP: true, reducedMotion: 'reduce', ...opening })
      await ready(page)
      await page.evaluate(axe.source)
      const found = await page.evaluate(
        (runOnly) => Object(globalThis).axe.run(document, { runOnly }) as Promise<axe.AxeResults>,
        rules,
      )
      await shot(page, `${name}-${colorScheme}`)
      await context.close()
      expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    }
  }

  return {
    world,
    admin,
    api,
    anAccount,
    open,
    shot,
    examine,
    async close() {
      await closeBrowser()
      await world.close()
    },
  }
}

export type TestConsole = Awaited<ReturnType<typeof aConsole>>
