import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Inbox } from '../../src/contract/inbox.ts'
import { aPdf, aPicture, uploadTo } from '../support/files.ts'
import { aWidgetPage, poll, texts, type WidgetPage, write } from '../support/widget-page.ts'
import { choose } from '../support/widget-talk.ts'

type Opening = NonNullable<Parameters<WidgetPage['open']>[0]>

const everywhere = { name: 'Everyone', allowedOrigins: ['*'] }
const inboxes = [
  Inbox.parse({ ...everywhere, key: 'default' }),
  Inbox.parse({ ...everywhere, key: 'odd', look: { color: '#ffd60a' } }),
]

let widget: WidgetPage
beforeAll(async () => {
  widget = await aWidgetPage({ config: { inboxes } })
})
afterAll(() => widget.close())

const open = (options: Opening) => widget.open({ bypassCSP: true, reducedMotion: 'reduce', ...options })
const wide = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)

/** A chat with a bit of everything. */
async function aFullChat(options: Opening) {
  const opened = await open(options)
  const { page } = opened
  await write(page, 'Hello! Is the blue pot back in stock? I saw it on https://shop.example/pots/blue')
  const agent = await widget.answering(page)
  const attach = async (messageType: 'image' | 'file', content: string, name: string, bytes: Buffer) => {
    const upload = { bytes, name, sessionId: agent.sessionId }
    const { body } = await uploadTo(widget.chat.node().url, agent.token, upload)
    await agent.say(content, { messageType, file: { fileId: body.fileId } })
  }
  await agent.say('Hi! It is: two are on my desk.')
  await attach('image', 'This one?', 'pot.jpg', await aPicture('jpeg', { width: 1_200, height: 600 }))
  await attach('file', '', 'How to care for it.pdf', aPdf())
  await poll(async () => (await texts(page)).length).toBe(4)
  await write(page, 'Yes, that one')
  await write(page, '😍')
  await poll(() => agent.heard().at(-1)?.content).toBe('😍')
  await agent.ask('message_read', { messageId: agent.heard().at(-1)?.id })
  await page.getByText('Read').last().waitFor()
  return { ...opened, agent }
}

it.each([
  ['320', { viewport: { width: 320, height: 640 }, hasTouch: true }],
  ['768', { viewport: { width: 768, height: 900 } }],
  ['1440', { viewport: { width: 1440, height: 900 } }],
  // As wide as 376 pixels are at twice the size.
  ['zoomed', { viewport: { width: 188, height: 310 }, deviceScaleFactor: 2 }],
] satisfies [string, Opening][])('finds room for a chat: %s', async (name, options) => {
  const { page, context, agent, problems } = await aFullChat(options)
  await agent.ask('typing', { isTyping: true })
  await page.getByTestId('widget-typing').waitFor()
  await widget.shot(page, `chat-${name}`)
  const smallest = await page
    .locator('button:visible')
    .evaluateAll((all) =>
      Math.min(...all.flatMap((one) => [one.getBoundingClientRect().width, one.getBoundingClientRect().height])),
    )
  expect([await wide(page), smallest >= 24, problems]).toEqual([0, true, []])
  await context.close()
})

it('reads from right to left where the page does', async () => {
  const { page, context } = await aFullChat({})
  await page.evaluate(() => void (document.documentElement.dir = 'rtl'))
  await page.locator('.own').last().hover()
  await widget.shot(page, 'chat-rtl')
  const sides = await page.evaluate(() => {
    const middle = (selector: string) => {
      const { left, width } = document.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect()
      return left + width / 2 < innerWidth / 2 ? 'left' : 'right'
    }
    return ['.own .bubble', '.theirs .bubble', '.face', '.send', '[data-test=widget-menu]'].map(middle)
  })
  expect([sides, await wide(page)]).toEqual([['left', 'right', 'right', 'left', 'left'], 0])
  await context.close()
})

it.each([
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['odd', { inbox: 'odd' }],
  ['odd-dark', { inbox: 'odd', colorScheme: 'dark' }],
] satisfies [string, Opening][])('can be used by everybody in each of its states: %s', async (name, options) => {
  const start = await open(options)
  const look = async (page: Page, state: string) => {
    await widget.shot(page, `${state}-${name}`)
    await widget.examine(page)
  }
  await look(start.page, 'start')
  await start.context.close()

  const { page, context, agent } = await aFullChat(options)
  await agent.ask('typing', { isTyping: true })
  await page.getByTestId('widget-typing').waitFor()
  await look(page, 'chat')
  await page.getByTestId('widget-menu').click()
  await look(page, 'menu')
  await page.keyboard.press('Escape')
  await page.getByTestId('widget-emoji').click()
  await look(page, 'emoji')
  await page.keyboard.press('Escape')
  await page.getByTestId('widget-message-menu').last().click()
  await look(page, 'message-menu')
  await page.getByTestId('widget-edit').click()
  await look(page, 'editing')
  await page.keyboard.press('Escape')
  await page.getByTestId('widget-message-menu').first().click()
  await page.getByTestId('widget-delete').click()
  await look(page, 'deleting')
  await page.keyboard.press('Escape')
  await page.getByTestId('widget-file').setInputFiles([
    { name: 'pot.png', mimeType: 'image/png', buffer: await aPicture('png') },
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') },
  ])
  await page.getByTestId('widget-chosen').waitFor()
  await look(page, 'chosen')
  await page.getByTestId('widget-send').click()
  await page.getByTestId('widget-upload').getByRole('alert').waitFor()
  await look(page, 'refused')
  await choose(page, 'widget-mail-transcript')
  await look(page, 'mail')
  await page.keyboard.press('Escape')
  await choose(page, 'widget-earlier')
  await page.getByTestId('widget-earlier-chats').getByRole('button').waitFor()
  await look(page, 'earlier')
  await page.keyboard.press('Escape')
  await agent.ask('close_chat')
  await page.getByRole('radio', { name: '4 of 5' }).check()
  await look(page, 'rating')
  await page.getByTestId('widget-rate').click()
  await page.getByTestId('widget-rated').waitFor()
  await look(page, 'rated')
  await context.setOffline(true)
  await page.locator('[data-state="offline"]').waitFor()
  await write(page, 'Is there anybody?')
  await look(page, 'offline')
  await context.close()
})

it('leaves all within reach where a keyboard takes half of a phone', async () => {
  const { page, context, agent } = await aFullChat({ viewport: { width: 320, height: 300 }, hasTouch: true })
  const isInSight = async (name: string) => {
    await page.getByTestId(name).scrollIntoViewIfNeeded()
    const box = await page.getByTestId(name).boundingBox()
    return box !== null && box.y >= 0 && box.y + box.height <= 300
  }
  const before = await isInSight('widget-send')
  await agent.ask('close_chat')
  await page.getByTestId('widget-rating').locator('label').nth(3).click()
  expect([before, await isInSight('widget-rate'), await isInSight('widget-send'), await wide(page)]).toEqual([
    ...[true, true, true],
    0,
  ])
  await context.close()
})

it('shows the placeholder and the pictograms where one writes, from the right as well', async () => {
  const { page, context } = await open({ locale: 'ar' })
  await page.getByTestId('widget-emoji').click()
  await page.locator('.emojis').waitFor()
  const input = page.getByTestId('widget-input')
  const isAbove = async () => {
    const [sheet, field] = [await page.locator('.emojis').boundingBox(), await input.boundingBox()]
    return sheet !== null && field !== null && sheet.y + sheet.height <= field.y
  }
  const direction = await input.evaluate((area) => getComputedStyle(area).direction)
  // It rises into its place.
  await poll(isAbove).toBe(true)
  expect(direction).toBe('rtl')
  await context.close()
})
