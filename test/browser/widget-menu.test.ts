import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWidgetPage, poll, texts, type WidgetPage, write } from '../support/widget-page.ts'
import { aTalk, choose, focused } from '../support/widget-talk.ts'

let widget: WidgetPage
beforeAll(async () => {
  widget = await aWidgetPage()
})
afterAll(() => widget.close())

it('hands out the transcript as a file, and says why it cannot be mailed', async () => {
  const { page, context } = await aTalk(widget)
  const coming = page.waitForEvent('download')
  await choose(page, 'widget-save')
  const download = await coming
  const text = await readFile(await download.path(), 'utf8')
  await choose(page, 'widget-mail-transcript')
  await page.getByRole('textbox', { name: 'Email' }).fill('ana@example.com')
  await page.getByTestId('widget-mail').click()
  await page.getByRole('alert').getByText('No mail server is configured').waitFor()
  await page.keyboard.press('Escape')
  await poll(() => focused(page)).toBe('widget-menu')
  expect([download.suggestedFilename(), text]).toEqual([
    expect.stringMatching(/^chat-.*\.txt$/),
    expect.stringContaining('It is!'),
  ])
  await context.close()
})

it('ends a chat when it is sure, begins another, and leads back to earlier ones', async () => {
  const { page, context } = await aTalk(widget)
  await choose(page, 'widget-close')
  await page.getByRole('button', { name: 'Keep chatting' }).click()
  await poll(() => focused(page)).toBe('widget-menu')
  await choose(page, 'widget-close')
  await page.getByTestId('widget-close-confirm').click()
  await page.getByText('This chat has ended').waitFor()
  await choose(page, 'widget-new-chat')
  await poll(() => texts(page)).toEqual([])
  await page.reload()
  await choose(page, 'widget-earlier')
  const chats = page.getByTestId('widget-earlier-chats').getByRole('button')
  await poll(() => chats.count()).toBe(1)
  await page.keyboard.press('Escape')
  await poll(() => focused(page)).toBe('widget-menu')
  await write(page, 'Another question')
  await poll(() => texts(page)).toEqual(['Another question'])
  // The list is read once, and follows a chat that began by less than a second.
  const { token } = await widget.sessionOf(page)
  const listed = async () => (await widget.chat.call('GET', '/api/chat/visitors/me/sessions', { token })).body.sessions
  await poll(async () => (await listed()).length).toBe(2)
  await choose(page, 'widget-earlier')
  await poll(() => chats.count()).toBe(2)
  await chats.filter({ hasText: 'Bo Bell' }).click()
  await poll(() => texts(page)).toEqual(['Is the blue pot back?', 'It is!'])
  await choose(page, 'widget-earlier')
  await chats.first().click()
  await poll(() => texts(page)).toEqual(['Another question'])
  await context.close()
})

it('sounds for what others write, unless it is told not to, and remembers that', async () => {
  const { page, context, agent } = await aTalk(widget)
  await context.addInitScript(() => {
    const { AudioContext: Real } = Object(globalThis)
    const played = Object.assign(globalThis, { played: 0 })
    Object(globalThis).AudioContext = class extends Real {
      createOscillator() {
        played.played += 1
        return super.createOscillator()
      }
    }
  })
  const played = () => page.evaluate(() => Object(globalThis).played as number)
  await page.reload()
  await poll(() => texts(page)).toEqual(['Is the blue pot back?', 'It is!'])
  await agent.say('Ding')
  await poll(played).toBe(1)
  await choose(page, 'widget-sound')
  await page.reload()
  await poll(async () => (await texts(page)).length).toBe(3)
  await agent.say('Quiet')
  await poll(async () => (await texts(page)).length).toBe(4)
  await page.getByTestId('widget-menu').click()
  expect([await played(), await page.getByTestId('widget-sound').getAttribute('aria-checked')]).toEqual([0, 'false'])
  await context.close()
})
