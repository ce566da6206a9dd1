import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aDeskConsole, type DeskConsole, poll } from '../support/desk-console.ts'

let desk: DeskConsole
let sue: { id: string; email: string }
let open: string
beforeAll(async () => {
  desk = await aDeskConsole()
  sue = await desk.anAccount('Sue Perry', 'supervisor')
  const about = { email: 'ana@example.com', page: 'https://shop.example/pots/blue', timeZone: 'Europe/Lisbon' }
  const ana = await desk.waiting('Ana Silva', 'Is the blue pot back in stock?', about)
  open = ana.sessionId
  const talk = desk.world.connect((await desk.tokenOf(sue.id)).token)
  await talk.emitWithAck('set_status', { status: 'online' })
  await talk.emitWithAck('take_chat', { sessionId: open })
  await talk.emitWithAck('join_chat', { sessionId: open })
  const say = (content: string, more: object = {}) =>
    talk.emitWithAck('send_message', { sessionId: open, content, clientMessageId: crypto.randomUUID(), ...more })
  await say('It is! Two of them are on my desk.')
  await say('She has bought three times', { isInternal: true })
  await ana.say('Wonderful, please keep one for me.')
  for (const name of ['Bruno Costa', 'Chloé Martin', 'Dmitri Orlov', 'Emeka Obi'])
    await desk.waiting(name, 'When does my order leave?')
})
afterAll(() => desk.close())

const shown = (page: Page) => page.locator('.bubble', { hasText: 'keep one for me' }).waitFor()

it('holds to WCAG: lists, a chat, the transfer and the live view', async () => {
  const as = { as: sue.email }
  await desk.examine(
    '/console/chats/queue',
    'chats-queue',
    (page) => page.getByTestId('chat-row').first().waitFor(),
    as,
  )
  await desk.examine(`/console/chats/mine/${open}`, 'chats-open', shown, as)
  await desk.examine(
    `/console/chats/mine/${open}`,
    'chats-transfer',
    async (page) => {
      await page.getByTestId('transfer').click()
      await page.getByTestId('transfer-to').waitFor()
    },
    as,
  )
  await desk.examine('/console/live', 'chats-live', (page) => page.getByTestId('live-agent').first().waitFor(), as)
})

it.each([
  ['320', { width: 320, height: 640 }],
  ['768', { width: 768, height: 900 }],
  ['1440', { width: 1440, height: 860 }],
])('fits %s pixels: list, chat and visitor, as screens where there is no room for all', async (name, viewport) => {
  const { page, problems } = await desk.open('/console/chats/queue', { as: sue.email, viewport })
  await page.getByTestId('chat-row').first().waitFor()
  await desk.shot(page, `chats-${name}-list`)
  await page.getByTestId('list-mine').click()
  await page.getByTestId('chat-row').click()
  await shown(page)
  await desk.shot(page, `chats-${name}-chat`)
  await page.getByTestId('transfer').click()
  await page.getByTestId('transfer-to').waitFor()
  await desk.shot(page, `chats-${name}-transfer`)
  await page.getByRole('button', { name: 'Cancel' }).click()
  if (name !== '1440') {
    await page.getByRole('link', { name: 'About the visitor' }).click()
    await page.getByTestId('facts').waitFor()
    await desk.shot(page, `chats-${name}-visitor`)
    await page.getByRole('link', { name: 'Back to the chat' }).click()
  }
  await page.getByTestId('pane-input').waitFor()
  if (name === '320') {
    await page.getByRole('link', { name: 'Back to Mine' }).click()
    await page.getByTestId('chat-row').waitFor()
  }
  const isTooWide = () => document.documentElement.scrollWidth > document.documentElement.clientWidth
  await poll(() => page.evaluate(isTooWide)).toBe(false)
  await page.goto(`${desk.world.url}/console/live`)
  await page.getByTestId('live-agent').first().waitFor()
  await desk.shot(page, `live-${name}`)
  expect([await page.evaluate(isTooWide), problems]).toEqual([false, []])
})
