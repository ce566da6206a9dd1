import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import axe from 'axe-core'
import {
  type BrowserContext,
  type BrowserContextOptions,
  type FrameLocator,
  type Page,
  selectors,
} from 'playwright-core'
import { expect } from 'vitest'
import { buildClients } from '../../clients/build.ts'
import { aBrowser, screenshotPath } from './browser.ts'
import { aChat, type ChatOptions } from './chat.ts'

selectors.setTestIdAttribute('data-test')

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

/** As docs/widget.md says, on a page that lets in nothing else but a script of its own. */
const strictPolicy = (widget: string) =>
  `default-src 'none'; script-src 'self' ${widget}; connect-src ${widget}; frame-src ${widget}; style-src 'self'; require-trusted-types-for 'script'; base-uri 'none'; form-action 'none'`

const style = `
:root { color-scheme: light dark; font: 16px/1.5 Georgia, serif; }
body { margin: 0 auto; max-width: 720px; padding: 24px; }
p { max-width: 60ch; }
`

const pageOf = (tag: string) => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Fern &amp; Clay</title>
<link rel="stylesheet" href="/site.css"><script src="/early.js"></script>${tag}</head>
<body><main><h1>Pots for plants that stay</h1>${'<p>A page of a shop, long enough to scroll, with words in it that nobody reads.</p>'.repeat(30)}
<button type="button" id="own">Our own button</button></main></body>
</html>`

interface Opening extends BrowserContextOptions {
  inbox?: string
  /** Attributes of the tag. */
  data?: Record<string, string>
  /** What the page's own script does before the loader is there. */
  early?: string
  hasWidget?: boolean
}

const stub =
  'window.Deskbridge = window.Deskbridge || function () { (Deskbridge.q = Deskbridge.q || []).push(arguments) }\n'

/** A website of another origin with the widget on it, under a strict policy, and the chat behind it. */
export async function aWidgetSite(options: ChatOptions = {}) {
  const dist = join(import.meta.dirname, '..', '..', 'dist')
  if (!existsSync(join(dist, 'widget', 'host.js'))) await buildClients(dist)
  const [chat, { browser, close: closeBrowser }] = await Promise.all([aChat(options), aBrowser()])
  const widget = chat.node().url
  const contexts: BrowserContext[] = []
  let served = { page: '', early: '' }
  const server = createServer(({ url }, response) => {
    const script = url === '/early.js'
    const css = url === '/site.css'
    response.setHeader('content-type', script ? 'text/javascript' : css ? 'text/css' : 'text/html')
    response.setHeader('content-security-policy', strictPolicy(widget))
    response.end(script ? served.early : css ? style : served.page)
  }).listen(0, 'localhost')
  await once(server, 'listening')
  const url = `http://localhost:${(server.address() as AddressInfo).port}/shop`

  const open = async ({ inbox = 'default', data = {}, early = '', hasWidget = true, ...context }: Opening = {}) => {
    const more = Object.entries(data).map(([name, value]) => ` data-${name}="${value}"`)
    const tag = `<script async src="${widget}/widget/loader.js" data-inbox="${inbox}"${more.join('')}></script>`
    served = { page: pageOf(hasWidget ? tag : ''), early: early && stub + early }
    const opened = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', ...context })
    contexts.push(opened)
    const page = await opened.newPage()
    page.setDefaultTimeout(20_000)
    const problems: string[] = []
    const requests: string[] = []
    page.on('pageerror', (error) => problems.push(String(error)))
    page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) problems.push(message.text())
    })
    page.on('request', (request) => requests.push(new URL(request.url()).pathname))
    await page.goto(url)
    const frame = page.frameLocator('#deskbridge iframe')
    return { context: opened, page, frame, launcher: page.getByTestId('launcher'), problems, requests }
  }

  return {
    chat,
    url,
    open,
    /** Nothing of one test goes on beside the next. */
    async leave() {
      for (const one of contexts.splice(0)) await one.close()
    },
    async close() {
      await closeBrowser()
      server.closeAllConnections()
      server.close()
      await chat.close()
    },
  }
}

export type WidgetSite = Awaited<ReturnType<typeof aWidgetSite>>
export type OpenedSite = Awaited<ReturnType<WidgetSite['open']>>

/** One call of the site to the widget. */
export const deskbridge = (page: Page, ...call: unknown[]) =>
  page.evaluate((all) => Object(globalThis).Deskbridge(...all), call)

/** What axe finds in the page and in the frame, in light and in dark, each with a picture. `ready` brings the state about. */
export async function examine(
  site: WidgetSite,
  name: string,
  opening: Opening,
  ready: (opened: OpenedSite) => Promise<unknown>,
) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const opened = await site.open({ colorScheme, bypassCSP: true, reducedMotion: 'reduce', ...opening })
    const { page, context } = opened
    await ready(opened)
    const found: unknown[] = []
    for (const frame of page.frames()) {
      await frame.evaluate(axe.source)
      const results = await frame.evaluate(
        (runOnly) => Object(globalThis).axe.run(document, { runOnly, iframes: false }) as Promise<axe.AxeResults>,
        rules,
      )
      found.push(...results.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]))
    }
    await page.screenshot({ path: screenshotPath(`widget-${name}-${colorScheme}`), animations: 'disabled' })
    await context.close()
    expect(found).toEqual([])
  }
}

/** Nothing is wider than the frame. */
export const isWithin = (frame: FrameLocator) =>
  frame.locator('html').evaluate((html) => html.scrollWidth <= html.clientWidth)
