import { afterAll, beforeAll, expect, it } from 'vitest'
import { aConsole, type TestConsole } from '../support/console.ts'

let desk: TestConsole
beforeAll(async () => {
  desk = await aConsole()
  const responses = [
    {
      name: 'Greeting',
      shortcut: 'hi',
      text: 'Hello {{visitor.name|there}}, I am {{agent.name}}.',
      category: 'Beginnings',
    },
    { name: 'Delivery times', shortcut: 'delivery', text: 'We deliver within two days.', category: 'Orders' },
    { name: 'Returns', text: 'You can return it within thirty days.', category: 'Orders', isActive: false },
  ]
  for (const response of responses) await desk.api('POST', '/api/admin/canned', response)
})
afterAll(() => desk.close())

it('makes a response, shows how a chat fills it in, and says what is wrong beside the field', async () => {
  const { page } = await desk.open('/console/canned')
  await page.getByTestId('new').first().click()
  await page.getByTestId('name').fill('Refunds')
  await page.getByTestId('text').fill('Dear {{visitor.name|customer}}, it is on its way.')
  await page.getByTestId('shortcut').fill('no spaces')
  await page.getByTestId('save').click()
  await page.getByText('Must be a word of letters, digits, - and _.').waitFor()
  const filled = await page.getByTestId('filled-in').locator('dd').allTextContents()
  await desk.shot(page, 'canned-form')
  await page.getByTestId('shortcut').fill('refund')
  await page.getByTestId('save').click()
  await page.getByRole('button', { name: 'Refunds' }).waitFor()
  expect(filled).toEqual(['Dear Ana Silva, it is on its way.', 'Dear customer, it is on its way.'])
})

it('finds one by its words and by where it is', async () => {
  const { page } = await desk.open('/console/canned')
  const names = () => page.getByTestId('row').locator('th').allTextContents()
  await page.getByRole('button', { name: 'Greeting' }).waitFor()
  await page.getByRole('searchbox').fill('thirty')
  await expect.poll(names).toEqual(['Returns'])
  await page.getByRole('searchbox').fill('nothing like that')
  await page.getByTestId('blank').getByRole('button').click()
  await page.getByLabel('Category').selectOption('Orders')
  await expect.poll(names).toEqual(['Delivery times', 'Returns'])
})

it('tells of somebody else’s change, keeps what was typed, and saves it the second time', async () => {
  const made = { name: 'Opening hours', text: 'From nine to five.' }
  const { id } = await desk.api<{ id: string }>('POST', '/api/admin/canned', made)
  const { page } = await desk.open('/console/canned')
  await page.getByRole('button', { name: 'Opening hours' }).click()
  await desk.api('PATCH', `/api/admin/canned/${id}`, { version: 1, text: 'From eight to four.' })
  await page.getByTestId('text').fill('From ten to six.')
  await page.getByTestId('save').click()
  await page.getByText('changed this response while you were writing').waitFor()
  await desk.shot(page, 'canned-conflict')
  await page.getByTestId('save').click()
  await page.getByTestId('toast').waitFor()
  expect(await desk.api('GET', `/api/admin/canned/${id}`)).toMatchObject({ text: 'From ten to six.', version: 3 })
})

it('asks before it deletes, and before it throws away what was typed', async () => {
  const { page } = await desk.open('/console/canned')
  await page.getByRole('button', { name: 'Returns' }).click()
  await page.getByTestId('name').fill('Returns and exchanges')
  await page.keyboard.press('Escape')
  const question = page.getByRole('dialog', { name: 'Discard what you typed?' })
  await question.getByRole('button', { name: 'Cancel' }).click()
  expect(await page.getByTestId('name').inputValue()).toBe('Returns and exchanges')
  await page.getByTestId('delete').click()
  await page.getByTestId('yes').click()
  await expect.poll(() => page.getByRole('button', { name: 'Returns' }).count()).toBe(0)
})

it('holds to WCAG', async () => {
  await desk.examine('/console/canned', 'canned', (page) => page.getByRole('button', { name: 'Greeting' }).waitFor())
  await desk.examine('/console/canned', 'canned-panel', async (page) => {
    await page.getByRole('button', { name: 'Greeting' }).click()
    await page.getByTestId('filled-in').waitFor()
  })
})
