import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { Stand } from '../../sandbox/serve.ts'
import { startTour } from '../../sandbox/tour/start.ts'
import { screenshotPath } from '../support/browser.ts'
import { aConsole, type TestConsole } from '../support/console.ts'
import { aPicture } from '../support/files.ts'
import { aRemote, type Remote } from '../support/webhook-remote.ts'
import { channel } from '../support/world.ts'

const folder = mkdtempSync(join(tmpdir(), 'tour-story-'))
const inbox = {
  greeting: 'Hello {{visitor.name|there}}! Looking for a pot?',
  preChat: [
    { key: 'name', label: 'Your name', required: true },
    { key: 'topic', label: 'What is it about?', type: 'select', required: true, options: ['Order', 'Return'] },
  ],
  look: { proactiveAfter: 0 },
  assignment: { strategy: 'manual', lastAgentFirst: false, skills: [], answerWithin: null },
}

let desk: TestConsole
let tour: Stand
let told: Remote
beforeAll(async () => {
  const config = join(folder, 'deskbridge.yaml')
  writeFileSync(config, stringify({ webhooks: { allow: ['127.0.0.1'] } }))
  told = await aRemote((_request, response) => void response.writeHead(204).end())
  desk = await aConsole({ env: { DESKBRIDGE_CONFIG: config } })
  const { world } = desk
  tour = await startTour({
    ...{ port: 0, publicUrl: world.url, channel },
    ...{ slackUrl: world.slack.url, zendeskUrl: world.zendesk.url },
  })
  const { inboxes } = await desk.api<{ inboxes: { key: string; look: object }[] }>('GET', '/api/admin/inboxes')
  const look = { ...inboxes.find(({ key }) => key === 'default')?.look, ...inbox.look }
  await desk.api('PATCH', '/api/admin/inboxes/default', { ...inbox, look })
  await desk.api('POST', '/api/admin/canned', {
    ...{ name: 'Cracked pots', shortcut: 'crack' },
    text: 'I am sorry, {{visitor.name}}! Another one is on its way.',
  })
  const url = `http://127.0.0.1:${told.port}/hooks`
  await desk.api('POST', '/api/admin/webhooks/endpoints', { url, events: ['chat.*', 'message.*', 'note.created'] })
})
afterAll(async () => {
  await tour?.stop()
  await desk?.close()
  await told?.[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 30_000, interval: 30 })
const shot = (page: Page, name: string) =>
  page.screenshot({ path: screenshotPath(`story-${name}`), animations: 'disabled' })

/** The shop in the tour, beside the thread and the ticket of its chat. */
async function aCustomer() {
  const { page } = await desk.open('/healthz', { as: null, viewport: { width: 1440, height: 860 } })
  await page.goto(tour.url)
  const shop = page.frameLocator('iframe[title^="Demo shop"]')
  const widget = shop.frameLocator('iframe[title="Chat"]')
  const write = async (text: string) => {
    await widget.getByTestId('widget-input').fill(text)
    await widget.getByTestId('widget-input').press('Enter')
  }
  return { page, shop, widget, write }
}

const saidIn = (widget: FrameLocator) => widget.getByTestId('widget-message').locator('.bubble').allTextContents()
const inSlack = (page: Page) => page.getByTestId('slack-message').locator('.post-text').allTextContents()
const inTicket = (page: Page) => page.getByTestId('ticket-comment').locator('.post-text').allTextContents()
const bubble = (page: Page, text: string) => page.locator('.bubble', { hasText: text }).first()
async function answer(page: Page, text: string) {
  await page.getByTestId('pane-input').fill(text)
  await page.getByTestId('pane-input').press('Enter')
  await bubble(page, text).waitFor()
}

it('takes a customer from the greeting to the rating, through the console, the thread, the ticket and the webhooks', async () => {
  const bo = await desk.anAccount('Bo Bell', 'agent')
  const sue = await desk.anAccount('Sue Perry', 'supervisor')
  const ana = await aCustomer()

  // The shop greets, asks who it is, and takes a question with a picture.
  await ana.shop.getByRole('button', { name: 'Looking for a pot?' }).click()
  await ana.widget.getByTestId('start-name').fill('Ana Silva')
  await ana.widget.getByTestId('start-topic').selectOption('Return')
  await ana.widget.getByTestId('start-begin').click()
  await ana.write('My blue pot has a crack')
  await poll(() => inSlack(ana.page)).toContain('My blue pot has a crack')
  await poll(async () => (await inTicket(ana.page)).join()).toContain('My blue pot has a crack')
  const crack = { name: 'crack.png', mimeType: 'image/png', buffer: await aPicture('png', { width: 600, height: 400 }) }
  await ana.widget.getByTestId('widget-file').setInputFiles([crack])
  await ana.widget.getByTestId('widget-send').click()
  await ana.widget.getByRole('img', { name: 'crack.png' }).waitFor()

  // Bo takes it out of the queue, sees who asks and about what, leaves a note, and answers with a canned response.
  const { page: bos } = await desk.open('/console/chats/queue', {
    as: bo.email,
    viewport: { width: 1440, height: 860 },
  })
  await bos.getByTestId('chat-row').filter({ hasText: 'Ana Silva' }).click()
  await bos.getByTestId('take_chat').click()
  await poll(() => bos.getByTestId('standing-of-chat').textContent()).toContain('With you')
  await bos.getByRole('img', { name: 'crack.png' }).waitFor()
  await bos.getByTestId('facts').getByText('Return').waitFor()
  await bos.locator('.kind', { hasText: 'Note' }).click()
  await answer(bos, 'Third crack this week')
  await bos.locator('.kind', { hasText: 'Answer' }).click()
  await bos.getByTestId('pane-input').fill('/crack')
  await bos.getByTestId('canned').waitFor()
  await bos.getByTestId('pane-input').press('Enter')
  await poll(() => bos.getByTestId('pane-input').inputValue()).toBe('I am sorry, Ana Silva! Another one is on its way.')
  await bos.getByTestId('pane-input').press('Enter')
  await poll(() => saidIn(ana.widget)).toContain('I am sorry, Ana Silva! Another one is on its way.')
  await poll(() => bos.getByTestId('standing').last().textContent()).toBe('Read')
  await shot(bos, 'console')

  // Sue sees in the live view what Bo has, reads along, and is handed the chat.
  const { page: sues } = await desk.open('/console/live', { as: sue.email, viewport: { width: 1440, height: 860 } })
  await sues.getByTestId('live-agent').filter({ hasText: 'Bo Bell' }).getByTestId('live-chat').click()
  await sues.getByTestId('quiet').waitFor()
  await bos.getByTestId('transfer').click()
  await bos.getByTestId('transfer-to').selectOption({ label: 'Sue Perry, online, 0 of 5 chats' })
  await bos.getByTestId('transfer-note').fill('She wants to speak to you')
  await bos.getByTestId('transfer-do').click()
  await poll(() => sues.getByTestId('standing-of-chat').textContent()).toContain('With you')
  await answer(sues, 'I have put a small plant into the parcel')
  await poll(() => saidIn(ana.widget)).toContain('I have put a small plant into the parcel')

  // The team's thread and the ticket have all of it, and the customer none of the notes.
  await poll(async () => (await inSlack(ana.page)).join()).toContain('I have put a small plant into the parcel')
  await poll(async () => (await inTicket(ana.page)).join()).toContain('I have put a small plant into the parcel')
  expect((await inTicket(ana.page)).join()).toContain('Third crack this week')
  await shot(ana.page, 'tour')

  // Closed by Sue, saved and rated by Ana: the ticket is solved.
  await sues.getByTestId('close_chat').click()
  await sues.getByTestId('reopen').waitFor()
  await ana.widget.getByTestId('widget-rating').waitFor()
  await ana.widget.getByRole('radio', { name: '5 of 5' }).check({ force: true })
  await ana.widget.getByTestId('widget-rate').click()
  await ana.widget.getByTestId('widget-rated').waitFor()
  const coming = ana.page.waitForEvent('download')
  await ana.widget.getByTestId('widget-menu').click()
  await ana.widget.getByTestId('widget-save').click()
  const transcript = readFileSync(await (await coming).path(), 'utf8')
  await poll(() => ana.page.locator('.status').textContent()).toBe('solved')
  await poll(() => sues.getByTestId('standing-of-chat').textContent()).toContain('Closed, rated 5 of 5')

  // Another system was told of each step.
  const types = () => new Set(told.received.map(({ body }) => JSON.parse(body.toString()).type))
  const expected = ['chat.created', 'message.created', 'note.created', 'chat.closed', 'chat.rated']
  await poll(() => expected.filter((type) => !types().has(type))).toEqual([])
  expect([(await saidIn(ana.widget)).join(), transcript].map((text) => text.includes('Third crack'))).toEqual([
    false,
    false,
  ])
  expect(transcript).toContain('I have put a small plant into the parcel')
})
