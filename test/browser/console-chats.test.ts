import { afterAll, beforeAll, expect, it } from 'vitest'
import { aDeskConsole, type DeskConsole, poll } from '../support/desk-console.ts'

let desk: DeskConsole
let bo: { id: string; email: string }
beforeAll(async () => {
  desk = await aDeskConsole()
  bo = await desk.anAccount('Bo Bell', 'agent')
})
afterAll(() => desk.close())

it('lets an agent in to the chats and to nothing that is an administrator’s', async () => {
  const { page, problems } = await desk.open('/console', { as: bo.email })
  await page.getByTestId('list-empty').waitFor()
  const links = await page.getByRole('navigation', { name: 'Pages' }).getByRole('link').allTextContents()
  await page.goto(`${desk.world.url}/console/keys`)
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
  expect([links, problems]).toEqual([['Deskbridge', 'Chats', 'Your account'], []])
})

it('holds a chat between a visitor and an agent, from the queue to its end', async () => {
  const ana = await desk.visitor()
  const { page, problems } = await desk.open('/console/chats/queue', { as: bo.email })
  await page.getByTestId('list-empty').waitFor()
  await ana.write('Is the blue pot back in stock?')
  await poll(() => page.getByTestId('list-queue').locator('.count').textContent()).toBe('1')
  await page.getByTestId('chat-row').click()
  await page.getByTestId('take_chat').click()
  await poll(() => page.getByTestId('standing-of-chat').textContent()).toContain('With you')
  await page.getByTestId('pane-input').pressSequentially('It is')
  await ana.page.getByText(/Bo Bell.*typing|typing/).waitFor()
  await page.getByTestId('pane-input').fill('It is!')
  await page.getByTestId('pane-input').press('Enter')
  await poll(ana.texts).toContain('It is!')
  await poll(() => page.getByTestId('standing').last().textContent()).toContain('Read')
  await desk.shot(page, 'chats-conversation')
  await page.getByText('Note', { exact: true }).click()
  await page.getByTestId('pane-input').fill('She is a regular')
  await page.getByTestId('pane-send').click()
  await page.locator('.message.note').waitFor()
  await page.getByTestId('close_chat').click()
  await page.getByTestId('reopen').waitFor()
  await poll(() => page.getByTestId('list-mine').locator('.count').textContent()).toBe('0')
  await page.getByTestId('reopen').click()
  await page.getByTestId('take_chat').waitFor()
  expect([await ana.texts(), problems]).toEqual([expect.not.arrayContaining(['She is a regular']), []])
})

it('changes and deletes what the agent wrote, for the visitor as well', async () => {
  const ana = await desk.visitor()
  await ana.write('Do you ship to Oslo?')
  const { page } = await desk.open('/console/chats/queue', { as: bo.email })
  await page.getByTestId('chat-row').filter({ hasText: 'Oslo' }).click()
  await page.getByTestId('take_chat').click()
  for (const text of ['We do nott', 'Sorry, wrong window']) {
    await page.getByTestId('pane-input').fill(text)
    await page.getByTestId('pane-input').press('Enter')
    await poll(ana.texts).toContain(text)
  }
  const mine = page.locator('.message.agent')
  await mine.first().getByTestId('change').click()
  await page.getByTestId('edit-input').fill('We do')
  await page.getByTestId('save-message').click()
  await poll(ana.texts).toContain('We do')
  await mine.last().getByTestId('change').click()
  await page.getByTestId('delete-message').click()
  await page.getByTestId('delete-message').click()
  await poll(ana.texts).not.toContain('Sorry, wrong window')
  expect(await mine.first().locator('.edited').textContent()).toContain('Edited')
})

it('reads back over older pages without losing its place', async () => {
  const ana = await desk.waiting('Long Talker', 'line 0')
  for (let n = 1; n <= 70; n += 1) await ana.say(`line ${n}`)
  const { page } = await desk.open(`/console/chats/queue/${ana.sessionId}`, { as: bo.email })
  const line = (n: number) => page.locator('.bubble', { hasText: new RegExp(`^line ${n}$`) })
  await line(70).waitFor()
  await page.getByTestId('older').click()
  await line(0).waitFor({ state: 'attached' })
  expect(await page.getByTestId('pane-message').count()).toBeGreaterThanOrEqual(71)
})
