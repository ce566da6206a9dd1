import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { aWidgetPage, poll, texts, type WidgetPage, write } from '../support/widget-page.ts'
import { aTalk, focused } from '../support/widget-talk.ts'

let widget: WidgetPage
beforeAll(async () => {
  widget = await aWidgetPage()
})
afterAll(() => widget.close())

const receipts = (page: Page) => page.getByTestId('widget-receipt').allTextContents()

it('carries what is said both ways, and tells what was read, who types and what was changed', async () => {
  const { page, context, agent, problems } = await aTalk(widget)
  await write(page, 'Then I would take two')
  await poll(() => agent.heard().map(({ content }) => content)).toEqual(['Then I would take two'])
  await poll(async () => (await receipts(page)).at(-1)).toBe(' · Sent')
  await agent.ask('message_read', { messageId: agent.heard()[0]?.id })
  await poll(() => receipts(page)).toEqual([' · Read', ' · Read'])
  await page.getByTestId('widget-input').pressSequentially('And')
  await poll(() => agent.shown.some(({ event, data }) => event === 'user_typing' && data.isTyping)).toBe(true)
  await agent.ask('typing', { isTyping: true })
  await poll(() => page.getByTestId('widget-typing').textContent()).toBe('Bo Bell is typing…')
  const { id } = await agent.say('They are on my desk')
  await poll(() => page.getByTestId('widget-typing').count()).toBe(0)
  await agent.ask('edit_message', { messageId: id, content: 'They are packed' })
  await poll(async () => (await texts(page)).at(-1)).toBe('They are packed')
  await page.getByText('Edited').waitFor()
  await agent.ask('delete_message', { messageId: id })
  await poll(async () => (await texts(page)).at(-1)).toBe('This message was deleted.')
  // What is seen is read, and told so.
  await poll(() =>
    agent.shown.some(({ event, data }) => event === 'message_read' && data.readerType === 'visitor'),
  ).toBe(true)
  expect([await page.locator('.day').allTextContents(), problems]).toEqual([['Today'], []])
  await context.close()
})

it('lets visitors change and delete what they wrote, by the keyboard alone, and gives the focus back', async () => {
  const { page, context, agent } = await aTalk(widget)
  const menu = page.getByTestId('widget-message-menu')
  await menu.focus()
  await page.keyboard.press('ArrowDown')
  await poll(() => focused(page)).toBe('widget-edit')
  await page.keyboard.press('ArrowDown')
  await poll(() => focused(page)).toBe('widget-delete')
  await page.keyboard.press('Escape')
  await poll(() => focused(page)).toBe('widget-message-menu')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Enter')
  await poll(() => focused(page)).toBe('widget-revise')
  await page.keyboard.type(' And the red one?')
  await page.keyboard.press('Enter')
  await poll(() => texts(page)).toEqual(['Is the blue pot back? And the red one?', 'It is!'])
  await poll(() => focused(page)).toBe('widget-input')
  await menu.focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('End')
  await page.keyboard.press('Enter')
  await poll(() => focused(page)).toBe('Cancel')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await poll(() => texts(page)).toEqual(['This message was deleted.', 'It is!'])
  const changes = agent.shown.flatMap(({ event }) =>
    event.startsWith('message_') && event !== 'message_read' ? [event] : [],
  )
  await poll(() => changes).toEqual(['message_updated', 'message_deleted'])
  await context.close()
})

it('keeps what is written without a connection, over a reload, and sends it once', async () => {
  const { page, context, agent } = await aTalk(widget)
  const pending = (of: Page) => of.getByTestId('widget-pending').locator('.bubble').allTextContents()
  await context.setOffline(true)
  await page.locator('[data-state="offline"]').waitFor()
  await write(page, 'one')
  await write(page, 'two')
  await poll(() => pending(page)).toEqual(['one', 'two'])
  await page.getByTestId('widget-input').fill('not sent yet')
  await context.setOffline(false)
  await poll(async () => [await texts(page), await pending(page)]).toEqual([
    ['Is the blue pot back?', 'It is!', 'one', 'two'],
    [],
  ])
  await context.setOffline(true)
  await page.locator('[data-state="offline"]').waitFor()
  await write(page, 'three')
  await poll(() => pending(page)).toEqual(['three'])
  await page.close()
  await context.setOffline(false)
  const { page: again } = await widget.tab(context)
  await poll(async () => [await texts(again), await pending(again)]).toEqual([
    ['Is the blue pot back?', 'It is!', 'one', 'two', 'three'],
    [],
  ])
  await poll(() => agent.heard().map(({ content }) => content)).toEqual(['one', 'two', 'three'])
  await context.close()
})

it('keeps a draft over a reload', async () => {
  const { page, context } = await widget.open()
  await page.getByTestId('widget-input').fill('I wonder whether')
  await page.reload()
  await poll(() => page.getByTestId('widget-input').inputValue()).toBe('I wonder whether')
  await context.close()
})

it('shows one chat in two tabs, each message once', async () => {
  const { page, context, agent } = await aTalk(widget)
  const { page: other } = await widget.tab(context)
  await poll(() => texts(other)).toEqual(['Is the blue pot back?', 'It is!'])
  await write(page, 'from the first')
  await write(other, 'from the second')
  await agent.say('I hear both of you')
  for (const tab of [page, other]) {
    await poll(async () => (await texts(tab)).toSorted()).toEqual(
      ['I hear both of you', 'Is the blue pot back?', 'It is!', 'from the first', 'from the second'].toSorted(),
    )
    await poll(() => tab.getByTestId('widget-pending').count()).toBe(0)
  }
  expect(
    agent
      .heard()
      .map(({ content }) => content)
      .toSorted(),
  ).toEqual(['from the first', 'from the second'])
  await context.close()
})

it('announces each new message of others once, and neither what was there nor what is one’s own', async () => {
  const { page, context, agent } = await aTalk(widget)
  await page.reload()
  await poll(() => texts(page)).toEqual(['Is the blue pot back?', 'It is!'])
  await page.evaluate(() => {
    const region = document.querySelector('[data-test=widget-announcer]') as Element
    const said: string[] = []
    const note = (records: MutationRecord[]) => {
      for (const { addedNodes } of records) for (const node of addedNodes) said.push(node.textContent ?? '')
    }
    new MutationObserver(note).observe(region, { childList: true, subtree: true })
    Object(globalThis).said = said
  })
  const said = () => page.evaluate(() => Object(globalThis).said as string[])
  await write(page, 'Mine')
  await agent.say('First')
  await poll(said).toEqual(['Bo Bell: First'])
  await context.setOffline(true)
  await page.locator('[data-state="offline"]').waitFor()
  await agent.say('Second')
  await context.setOffline(false)
  await poll(said).toEqual(['Bo Bell: First', 'Bo Bell: Second'])
  await agent.say('Third')
  await poll(said).toEqual(['Bo Bell: First', 'Bo Bell: Second', 'Bo Bell: Third'])
  await context.close()
})

/** A chat with so many messages, the last of them in the middle of a screen. */
async function aLongChat(count: number) {
  const talk = await aTalk(widget)
  for (let n = 1; n <= count; n += 1) await talk.agent.say(`Line ${n}`)
  await poll(async () => (await texts(talk.page)).at(-1)).toBe(`Line ${count}`)
  return talk
}

it('reads back without moving what is read, and stays there when something new comes', async () => {
  const { page, context, agent } = await aLongChat(70)
  await page.addInitScript(() => {
    Object(globalThis).moved = 0
    addEventListener('animationstart', () => (Object(globalThis).moved += 1))
  })
  await page.reload()
  await poll(async () => (await texts(page)).length).toBe(50)
  const list = page.locator('.messages')
  const gapAtEnd = () => list.evaluate((box) => Math.round(box.scrollHeight - box.scrollTop - box.clientHeight))
  await poll(gapAtEnd).toBe(0)
  const marked = page.getByText('Line 21', { exact: true })
  const top = () => marked.evaluate((line) => line.getBoundingClientRect().top)
  const before = await marked.evaluate((line) => {
    line.scrollIntoView({ block: 'start' })
    return line.getBoundingClientRect().top
  })
  await poll(async () => (await texts(page)).length).toBe(72)
  expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(2)
  // The last of them alone, as one that has just come.
  expect(await page.evaluate(() => Object(globalThis).moved)).toBeLessThan(3)
  await agent.say('Are you there?')
  await page.getByTestId('widget-news').waitFor()
  expect(Math.abs((await top()) - before)).toBeLessThanOrEqual(2)
  await page.getByTestId('widget-news').click()
  await poll(gapAtEnd).toBe(0)
  await poll(() => page.getByTestId('widget-news').count()).toBe(0)
  await agent.say('Good.')
  await poll(async () => [(await texts(page)).at(-1), await gapAtEnd()]).toEqual(['Good.', 0])
  await context.close()
})

it('asks once how a closed chat was, by stars that the keyboard can choose, and says thank you', async () => {
  const { page, context, agent } = await aTalk(widget)
  await agent.ask('close_chat')
  await page.getByTestId('widget-rating').waitFor()
  await page.getByRole('radio', { name: '1 of 5' }).focus()
  await page.keyboard.press('Space')
  for (let star = 1; star < 4; star += 1) await page.keyboard.press('ArrowRight')
  await page.getByRole('textbox', { name: 'Anything that you want' }).fill('Quick!')
  await page.getByTestId('widget-rate').click()
  await poll(() => page.getByTestId('widget-rated').textContent()).toBe('Thank you!')
  const rating = () => agent.shown.findLast(({ data }) => 'rating' in data)?.data.rating
  await poll(rating).toBe(4)
  await page.reload()
  await page.getByText('This chat has ended').waitFor()
  expect(await page.getByTestId('widget-rating').count()).toBe(0)
  // Another end is rated for itself.
  await write(page, 'One more thing')
  await poll(() => page.getByText('This chat has ended').count()).toBe(0)
  await agent.say('Yes?')
  await agent.ask('close_chat')
  await page.getByTestId('widget-rating').waitFor()
  await page.getByRole('button', { name: 'Not now' }).click()
  await page.reload()
  await page.getByText('This chat has ended').waitFor()
  expect(await page.getByTestId('widget-rating').count()).toBe(0)
  await context.close()
})

it('puts pictograms where the cursor is, by arrows and Enter, and leaves them with Escape', async () => {
  const { page, context } = await widget.open()
  const input = page.getByTestId('widget-input')
  await input.fill('ab')
  await input.press('ArrowLeft')
  await page.getByTestId('widget-emoji').focus()
  await page.keyboard.press('Enter')
  // The first time it comes over the network.
  await page.locator('.emojis').waitFor()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowDown')
  const chosen = await focused(page)
  await page.keyboard.press('Enter')
  await poll(() => input.inputValue()).toBe(`a${chosen}b`)
  await poll(() => focused(page)).toBe('widget-input')
  await page.keyboard.type('!')
  await poll(() => input.inputValue()).toBe(`a${chosen}!b`)
  await page.getByTestId('widget-emoji').click()
  await page.keyboard.press('Escape')
  await poll(() => focused(page)).toBe('widget-emoji')
  await context.close()
})

it('links what can be opened, and takes nothing for a page’s own words', async () => {
  const { page, context, problems } = await widget.open()
  const text = '<img src=x onerror=alert(1)> https://shop.example/a?b=1 javascript:alert(1)'
  await write(page, text)
  await poll(() => texts(page)).toEqual([text])
  const links = await page
    .locator('.bubble a')
    .evaluateAll((all) => all.map((a) => [a.getAttribute('href'), a.getAttribute('target'), a.getAttribute('rel')]))
  expect([links, problems]).toEqual([[['https://shop.example/a?b=1', '_blank', 'noopener noreferrer nofollow']], []])
  await context.close()
})

it('says where in the queue one is', async () => {
  const { page, context } = await widget.open()
  await write(page, 'Anybody?')
  await page
    .getByTestId('widget-queue')
    .getByText(/next|number \d+ in the queue/)
    .waitFor()
  const agent = await widget.answering(page)
  await agent.say('Me.')
  await poll(() => page.getByTestId('widget-queue').count()).toBe(0)
  await context.close()
})
