import { afterAll, beforeAll, expect, it } from 'vitest'
import { aPdf, aPicture, uploadTo } from '../support/files.ts'
import { aWidgetPage, poll, texts, type WidgetPage, write } from '../support/widget-page.ts'

let widget: WidgetPage
beforeAll(async () => {
  widget = await aWidgetPage()
})
afterAll(() => widget.close())

/** A chat with a bit of everything. */
async function aFullChat(options: Parameters<WidgetPage['open']>[0]) {
  const opened = await widget.open({ bypassCSP: true, reducedMotion: 'reduce', ...options })
  const { page } = opened
  await write(page, 'Hello! Is the blue pot back in stock? I saw it on https://shop.example/pots/blue')
  const agent = await widget.answering(page)
  await agent.say('Hi! It is: two are on my desk.')
  const { body } = await uploadTo(widget.chat.node().url, agent.token, {
    bytes: await aPicture('jpeg', { width: 1_200, height: 800 }),
    ...{ name: 'pot.jpg', sessionId: agent.sessionId },
  })
  await agent.say('This one?', { messageType: 'image', file: { fileId: body.fileId } })
  const { body: document } = await uploadTo(widget.chat.node().url, agent.token, {
    ...{ bytes: aPdf(), name: 'How to care for it.pdf', sessionId: agent.sessionId },
  })
  await agent.say('', { messageType: 'file', file: { fileId: document.fileId } })
  await poll(async () => (await texts(page)).length).toBe(4)
  await write(page, 'Yes, that one')
  await write(page, '😍')
  await poll(async () => (await texts(page)).length).toBe(6)
  await poll(() => agent.heard().at(-1)?.content).toBe('😍')
  await agent.ask('message_read', { messageId: agent.heard().at(-1)?.id })
  await agent.ask('typing', { isTyping: true })
  await page.getByTestId('widget-typing').waitFor()
  await page.getByText('Read').last().waitFor()
  return { ...opened, agent }
}

it.each([
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['320', { viewport: { width: 320, height: 640 }, hasTouch: true }],
  ['768', { viewport: { width: 768, height: 900 } }],
  ['1440', { viewport: { width: 1440, height: 900 } }],
] as const)('shows a chat: %s', async (name, options) => {
  const { page, context, problems } = await aFullChat(options)
  await widget.shot(page, `chat-${name}`)
  await widget.examine(page)
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect([overflow, problems]).toEqual([0, []])
  await context.close()
})
