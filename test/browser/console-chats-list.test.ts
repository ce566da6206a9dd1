import { afterAll, beforeAll, expect, it } from 'vitest'
import { aDeskConsole, type DeskConsole, poll } from '../support/desk-console.ts'

let desk: DeskConsole
let bo: { id: string; email: string }
beforeAll(async () => {
  desk = await aDeskConsole()
  bo = await desk.anAccount('Bo Bell', 'agent', { capacity: 20 })
})
afterAll(() => desk.close())

const drawn = () => document.querySelectorAll('[data-row]').length

it('keeps 200 open chats smooth: only what can be seen is drawn, by the wheel and by the keyboard', async () => {
  const { page, problems } = await desk.open('/console/chats/queue', { as: bo.email })
  await page.getByTestId('list-empty').waitFor()
  for (let n = 0; n < 200; n += 20)
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => desk.waiting(`Visitor ${n + index}`, `Question ${n + index}`)),
    )
  await page.getByTestId('list-queue').getByText('200', { exact: true }).waitFor({ timeout: 60_000 })
  const most = await page.evaluate(async () => {
    const box = document.querySelector('.window')
    let seen = 0
    for (let top = 0; box && top < box.scrollHeight; top += 400) {
      box.scrollTop = top
      await new Promise(requestAnimationFrame)
      seen = Math.max(seen, document.querySelectorAll('[data-row]').length)
    }
    return seen
  })
  const last = page.locator('[aria-posinset="200"] strong')
  await last.waitFor()
  await page.evaluate(() => document.querySelector('.window')?.scrollTo(0, 0))
  const names = (await desk.rows(page)).slice(0, 3)
  await page.keyboard.press('j')
  for (let n = 0; n < 40; n += 1) await page.keyboard.press('j')
  const focused = page.locator('[aria-posinset="41"] [data-row]:focus')
  await focused.waitFor()
  await page.keyboard.press('k')
  const chosen = await page.locator('[aria-posinset="40"] [data-row]:focus strong').textContent()
  await page.keyboard.press('Enter')
  await page
    .getByRole('heading', { name: chosen ?? '', exact: true })
    .first()
    .waitFor()
  await desk.shot(page, 'chats-many')
  expect({ most, now: await page.evaluate(drawn), names: names.length, problems }).toEqual({
    most: expect.toSatisfy((count: number) => count > 5 && count <= 60),
    now: expect.toSatisfy((count: number) => count <= 60),
    names: 3,
    problems: [],
  })
})

it('goes by the keyboard: lists, answer, note, taking, closing, and a sheet that names the keys', async () => {
  const { sessionId } = await desk.waiting('Keyboard Kim', 'hello')
  const { page } = await desk.open(`/console/chats/queue/${sessionId}`, { as: bo.email })
  await page.getByTestId('take_chat').waitFor()
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keyboard shortcuts' })
  const means = await sheet.locator('dt').allTextContents()
  await page.keyboard.press('Escape')
  await page.keyboard.press('a')
  await page.getByTestId('release_chat').waitFor()
  await page.keyboard.press('r')
  await page.keyboard.type('answered by keys')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await page.keyboard.press('n')
  await page.keyboard.type('noted by keys')
  await page.keyboard.press('Enter')
  await page.locator('.message.note').waitFor()
  await page.keyboard.press('Escape')
  await page.keyboard.press('x')
  await page.getByTestId('reopen').waitFor()
  await page.keyboard.press('4')
  await poll(() => desk.rows(page)).toEqual(['Keyboard Kim'])
  expect(means).toEqual(expect.arrayContaining(['Write an answer', 'Next chat in the list', 'Your account']))
})

it('finds a message and opens its chat', async () => {
  const { sessionId } = await desk.waiting('Searched Sam', 'my parcel is a rhinoceros')
  const { page } = await desk.open('/console/chats/mine', { as: bo.email })
  await page.getByTestId('list-mine').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('rhinoceros')
  await page.getByTestId('hit').click()
  await page.locator('.bubble', { hasText: 'rhinoceros' }).waitFor()
  await desk.shot(page, 'chats-search')
  expect(new URL(page.url()).pathname).toBe(`/console/chats/mine/${sessionId}`)
})

it('marks what is not read, and takes the mark away on every device of the agent', async () => {
  const ana = await desk.waiting('Marked Mia', 'one')
  const headers = { authorization: `Bearer ${(await desk.tokenOf(bo.id)).token}` }
  await desk.world.api(`/api/chat/sessions/${ana.sessionId}/take`, { method: 'POST', headers, body: {} })
  const [one, other] = await Promise.all([0, 1].map(() => desk.open('/console/chats/mine', { as: bo.email })))
  const row = (at: typeof one) => at?.page.getByTestId('chat-row').filter({ hasText: 'Marked Mia' })
  await row(one)?.locator('.dot').waitFor()
  await row(other)?.locator('.dot').waitFor()
  const titled = await other?.page.title()
  await row(one)?.click()
  await poll(() => row(other)?.locator('.dot').count()).toBe(0)
  await ana.say('two')
  // Where it is open, it is read as it comes.
  await one?.page.locator('.bubble', { hasText: 'two' }).waitFor()
  await poll(() => row(other)?.locator('.dot').count()).toBe(0)
  expect(titled).toMatch(/^\(\d+\) Chats/)
})

it('tells of what is new in the background, by the browser and by a sound', async () => {
  const { page } = await desk.open('/console/account', { as: bo.email, permissions: ['notifications'] })
  await page.evaluate(() => {
    const told: string[] = []
    Object.assign(globalThis, { told })
    class Told {
      static permission = 'granted'
      constructor(title: string) {
        told.push(title)
      }
      close() {}
    }
    class Heard {
      state = 'running'
      currentTime = 0
      gain = { setValueAtTime() {}, exponentialRampToValueAtTime() {} }
      constructor(context?: unknown) {
        if (!context) told.push('sound')
      }
      connect = () => this
      start() {}
      stop() {}
    }
    Object.assign(globalThis, { Notification: Told, AudioContext: Heard, OscillatorNode: Heard, GainNode: Heard })
    Object.defineProperty(document, 'visibilityState', { get: () => 'hidden' })
  })
  // What waited before the page was opened is no news: it has been read once the title counts the 200 of above.
  await poll(() => page.title()).toMatch(/^\(2\d\d\)/)
  await desk.waiting('Noisy Nora', 'anybody there?')
  // Of the chats of the tests before it may be told as well.
  const told = () => page.evaluate(() => [...Object(globalThis).told, document.title])
  await poll(told).toEqual(expect.arrayContaining(['sound', 'Noisy Nora waits for an answer']))
})
