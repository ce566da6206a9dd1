import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect } from 'vitest'
import { stringify } from 'yaml'
import { aConsole } from './console.ts'

export const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 20_000, interval: 30 })

/**
 * The console with agents at it and visitors who write, each in a browser of their own. Nobody is given a chat unasked.
 * `settings`: more of the configuration.
 */
export async function aDeskConsole({
  settings = {},
  env = {},
}: {
  settings?: object
  env?: Record<string, string>
} = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'desk-console-'))
  const config = join(folder, 'deskbridge.yaml')
  // All visitors come from one address here, and write as fast as the machine does.
  const limits = { sessionRateLimit: { perAddress: 1000, perInbox: 1000 }, messageRateLimit: 1000 }
  await writeFile(config, stringify({ limits, ...settings }))
  const desk = await aConsole({ env: { ...env, DESKBRIDGE_CONFIG: config } })
  const assignment = { strategy: 'manual', lastAgentFirst: false, skills: [], answerWithin: 120_000 }
  await desk.api('PATCH', '/api/admin/inboxes/default', { assignment })

  /** In the widget, on a page of its own. */
  const visitor = async (options: BrowserContextOptions = {}) => {
    const query = new URLSearchParams({ inbox: 'default', page: 'https://shop.example/pots/blue' })
    const { page, context } = await desk.open(`/widget/frame?${query}`, { as: null, ...options })
    const write = async (text: string) => {
      await page.getByRole('textbox').fill(text)
      await page.getByRole('textbox').press('Enter')
    }
    const texts = () => page.getByTestId('widget-message').locator('.bubble').allTextContents()
    return { page, context, write, texts }
  }
  /** By the API alone, where nobody needs to look at them. */
  const waiting = async (name: string, text: string, about: object = {}) => {
    const started = await desk.world.session({ name, ...about })
    const headers = { authorization: `Bearer ${started.token}` }
    const say = (content: string) =>
      desk.world.api(`/api/chat/sessions/${started.sessionId}/messages`, {
        ...{ method: 'POST', headers },
        body: { content, clientMessageId: crypto.randomUUID() },
      })
    await say(text)
    return { ...started, say }
  }
  /** As another device of an agent has it. */
  const tokenOf = (id: string) => desk.api<{ token: string }>('POST', `/api/admin/agents/${id}/token`, {})
  const rows = (page: Page) => page.getByTestId('chat-row').locator('strong').allTextContents()

  return {
    ...desk,
    visitor,
    waiting,
    tokenOf,
    rows,
    async close() {
      await desk.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export type DeskConsole = Awaited<ReturnType<typeof aDeskConsole>>
