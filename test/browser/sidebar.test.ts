import { build } from 'esbuild'
import type { Browser, BrowserContextOptions, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aBrowser, screenshotPath } from '../support/browser.ts'
import { adminKey, aWorld, json, type World } from '../support/world.ts'

let world: World
let browser: Browser
let sdk: string
const closing: (() => Promise<unknown>)[] = []
const admin = { authorization: `Bearer ${adminKey}` }

/** Zendesk's own client, as it serves it to apps. */
async function zendeskSdk(): Promise<string> {
  const contents = `module.exports = require('zendesk_app_framework_sdk')`
  const bundled = { bundle: true, write: false, format: 'iife', globalName: 'ZAFClient' } as const
  const { outputFiles } = await build({ ...bundled, stdin: { contents, resolveDir: import.meta.dirname } })
  return outputFiles[0]?.text ?? ''
}

beforeAll(async () => {
  const [started, opened, client] = await Promise.all([aWorld(), aBrowser(), zendeskSdk()])
  world = started
  browser = opened.browser
  sdk = client
  closing.push(opened.close, world.close)
  const body = { url: `${world.url}/connectors/zendesk/sidebar` }
  await json(`${world.zendesk.url}/sandbox/apps`, { method: 'POST', body })
  // Nothing becomes hers by itself, and she may take what she wants.
  const margaret = { name: 'Margaret Hamilton', email: 'margaret@example.com', role: 'supervisor', capacity: 0 }
  await world.api('/api/admin/agents', { method: 'POST', headers: admin, body: margaret })
  const canned = [
    { name: 'Delivery times', shortcut: 'delivery', text: 'Hello {{visitor.name|there}}, we deliver within two days.' },
    { name: 'Returns', shortcut: 'returns', text: 'You can return it within thirty days.' },
  ]
  for (const one of canned) await world.api('/api/admin/canned', { method: 'POST', headers: admin, body: one })
})
afterAll(async () => {
  for (const close of closing) await close()
})

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 15_000, interval: 20 })

async function ticketOf(sessionId: string) {
  await poll(async () => (await world.tickets(sessionId)).length).toBe(1)
  const [ticket] = await world.tickets(sessionId)
  return ticket?.id ?? 0
}

/** A visitor who has written, and their ticket as an agent of the account sees it. */
async function aTicketView(options: { user?: number; browser?: BrowserContextOptions; about?: object } = {}) {
  const visitor = await world.visitor({ name: 'Ana Silva', page: 'https://shop.example/pots/blue', ...options.about })
  await visitor.send('Is the blue pot back in stock?')
  const ticket = await ticketOf(visitor.sessionId)
  return { visitor, ticket, ...(await openTicket(ticket, options)) }
}

/** One that did not come from a chat. */
async function aTicketByEmail(): Promise<number> {
  const client = { client_id: 'id', client_secret: 'secret' }
  const grant = { grant_type: 'client_credentials', ...client, scope: 'read write', expires_in: 3_600 }
  const signIn = { method: 'POST', body: grant }
  const { access_token } = await json<{ access_token: string }>(`${world.zendesk.url}/oauth/tokens`, signIn)
  const ticket = {
    subject: 'A question',
    comment: { body: 'Hello' },
    requester: { name: 'Eve', email: 'e@example.com' },
  }
  const headers = { authorization: `Bearer ${access_token}` }
  const made = { method: 'POST', headers, body: { ticket } }
  return (await json<{ ticket: { id: number } }>(`${world.zendesk.url}/api/v2/tickets`, made)).ticket.id
}

async function openTicket(ticket: number, options: { user?: number; browser?: BrowserContextOptions } = {}) {
  const context = await browser.newContext({ viewport: { width: 1200, height: 760 }, ...options.browser })
  closing.unshift(() => context.close())
  await context.route('https://static.zdassets.com/**', (route) =>
    route.fulfill({ contentType: 'text/javascript', body: sdk }),
  )
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(String(error)))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  await page.goto(`${world.zendesk.url}/agent/tickets/${ticket}?user=${options.user ?? 1002}`)
  return { context, page, problems, pane: page.frameLocator('iframe[name="app"]') }
}

const texts = (pane: FrameLocator) => pane.locator('[data-test="pane-message"] .bubble').allTextContents()
const write = async (pane: FrameLocator, text: string) => {
  await pane.locator('[data-test="pane-input"]').fill(text)
  await pane.locator('[data-test="pane-input"]').press('Enter')
}
const shot = (page: Page, name: string) => page.screenshot({ path: screenshotPath(name), animations: 'disabled' })

it('shows the chat live beside its ticket: who is there, who types, what is said', async () => {
  const { visitor, page, pane, problems } = await aTicketView()
  await poll(() => texts(pane)).toEqual(['Is the blue pot back in stock?'])
  await poll(() => pane.locator('[data-test="presence"]').getAttribute('data-presence')).toBe('here')
  visitor.socket.emit('typing', { sessionId: visitor.sessionId, isTyping: true }, () => {})
  await pane.getByText('Ana Silva is typing…').waitFor()
  await visitor.send('I would take two.')
  await poll(() => texts(pane)).toEqual(['Is the blue pot back in stock?', 'I would take two.'])
  await write(pane, 'It is! Two are on my desk.')
  await poll(() => visitor.seen.at(-1)).toMatchObject({
    content: 'It is! Two are on my desk.',
    senderName: 'Margaret Hamilton',
  })
  await poll(() => page.locator('[data-test="ticket-comment"]').last().textContent()).toContain('Two are on my desk')
  visitor.socket.close()
  await poll(() => pane.locator('[data-test="presence"]').getAttribute('data-presence')).toBe('gone')
  expect(problems).toEqual([])
})

it('lets the agent take, note, use a canned response, close and reopen without leaving the ticket', async () => {
  const { visitor, page, pane, problems } = await aTicketView()
  const state = pane.locator('[data-test="chat-state"]')
  await pane.locator('[data-test="take_chat"]').click()
  await poll(() => state.textContent()).toContain('With you')
  await pane.getByText('Note', { exact: true }).click()
  await write(pane, 'A regular customer: be quick.')
  await pane.getByText('Answer', { exact: true }).click()
  await pane.locator('[data-test="pane-input"]').fill('/deliv')
  await pane.getByRole('option', { name: /Delivery times/ }).waitFor()
  await shot(page, 'sidebar-canned')
  await pane.locator('[data-test="pane-input"]').press('Enter')
  await poll(() => pane.locator('[data-test="pane-input"]').inputValue()).toContain('Hello Ana Silva')
  await pane.locator('[data-test="pane-send"]').click()
  await poll(() => visitor.seen.at(-1)?.content).toBe('Hello Ana Silva, we deliver within two days.')
  await poll(() => texts(pane)).toEqual([
    'Is the blue pot back in stock?',
    'A regular customer: be quick.',
    'Hello Ana Silva, we deliver within two days.',
  ])
  await poll(() => page.locator('[data-test="ticket-comment"]').allTextContents()).toContainEqual(
    expect.stringContaining('(note)'),
  )
  await poll(() => page.locator('[data-test="ticket-comment"]').last().textContent()).toContain('within two days')
  await shot(page, 'sidebar')
  await pane.locator('[data-test="close_chat"]').click()
  await poll(() => state.textContent()).toContain('Closed')
  await poll(() => page.locator('[data-test="ticket-comment"]').last().textContent()).toContain('PUBLIC')
  await shot(page, 'sidebar-closed')
  await pane.locator('[data-test="reopen"]').click()
  await poll(() => state.textContent()).toContain('Waiting')
  const said = visitor.seen.map(({ content }) => content)
  expect([said.includes('A regular customer: be quick.'), problems]).toEqual([false, []])
})

it('tells two agents who answer at once of each other', async () => {
  const { visitor, pane } = await aTicketView()
  const { token } = await world.agent('Grace')
  const other = world.connect(token)
  await other.emitWithAck('agent_join', { sessionId: visitor.sessionId })
  await pane.locator('[data-test="chat-state"]').waitFor()
  await other.emitWithAck('typing', { sessionId: visitor.sessionId, isTyping: true })
  await pane.getByText('Grace is writing an answer, too…').waitFor()
})

it('keeps what is written while there is no connection, over a reload, and sends it once', async () => {
  const { visitor, ticket, page, pane } = await aTicketView()
  await poll(() => texts(pane)).toEqual(['Is the blue pot back in stock?'])
  await world.kill()
  await pane.getByText('No connection.').waitFor()
  await write(pane, 'Written without a line')
  await poll(() => pane.locator('[data-test="pane-pending"] .bubble').allTextContents()).toEqual([
    'Written without a line',
  ])
  await world.start()
  await page.goto(`${world.zendesk.url}/agent/tickets/${ticket}?user=1002`)
  await poll(() => texts(pane)).toEqual(['Is the blue pot back in stock?', 'Written without a line'])
  const headers = { authorization: `Bearer ${visitor.token}` }
  const { messages } = await world.api<{ messages: { content: string }[] }>(
    `/api/chat/sessions/${visitor.sessionId}/messages`,
    { headers },
  )
  expect(messages.filter(({ content }) => content === 'Written without a line').length).toBe(1)
})

it('says why there is no chat to somebody without an account here, for other tickets, and outside of Zendesk', async () => {
  const { ticket } = await aTicketView()
  const stranger = await openTicket(ticket, { user: 1003 })
  await stranger.pane.getByText('Ask your administrator for a Deskbridge account').waitFor()
  const elsewhere = await openTicket(await aTicketByEmail())
  await elsewhere.pane.getByText('This ticket did not come from a chat.').waitFor()
  const page = await stranger.context.newPage()
  await page.goto(`${world.url}/connectors/zendesk/sidebar`)
  await page.getByText('Open a ticket in Zendesk to sign in.').waitFor()
})

it('is framed by the account alone', async () => {
  const policy = (await fetch(`${world.url}/connectors/zendesk/sidebar`)).headers.get('content-security-policy')
  expect(policy).toContain(`frame-ancestors ${world.zendesk.url} https://*.zendesk.com`)
})

it('is at home in the dark', async () => {
  const { page, pane, visitor } = await aTicketView()
  await poll(() => texts(pane)).toEqual(['Is the blue pot back in stock?'])
  await write(pane, 'One moment, I will look.')
  await poll(() => visitor.seen.at(-1)?.content).toBe('One moment, I will look.')
  await page.getByRole('button', { name: 'Dark' }).click()
  await poll(() => pane.locator('html').getAttribute('data-scheme')).toBe('dark')
  await shot(page, 'sidebar-dark')
})
