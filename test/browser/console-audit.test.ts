import { afterAll, beforeAll, expect, it } from 'vitest'
import { aConsole, type TestConsole } from '../support/console.ts'

let desk: TestConsole
beforeAll(async () => {
  desk = await aConsole()
  await desk.api('POST', '/api/admin/inboxes', { key: 'shop', name: 'Shop', allowedOrigins: ['https://shop.example'] })
  await desk.api('PATCH', '/api/admin/inboxes/shop', { greeting: 'Hello!', look: { color: '#b4006e' } })
  await desk.api('POST', '/api/admin/canned', { name: 'Greeting', text: 'Hello {{visitor.name|there}}' })
  await desk.api('PATCH', '/api/admin/inboxes/nowhere', { name: 'Nothing' })
})
afterAll(() => desk.close())

it('shows who changed what, and how it was before', async () => {
  const { page } = await desk.open('/console/audit')
  await page.getByLabel('What', { exact: true }).selectOption('inbox')
  await page.getByLabel('Outcome', { exact: true }).selectOption('done')
  const rows = () => page.getByTestId('row').locator('th').allTextContents()
  await expect.poll(rows).toEqual(['Changed an inbox', 'Made an inbox'])
  await page.getByRole('button', { name: 'Changed an inbox' }).click()
  const cells = await page.getByTestId('differences').locator('tbody tr').allTextContents()
  await desk.shot(page, 'audit-entry')
  await page.getByTestId('its-history').click()
  await expect.poll(() => page.getByRole('searchbox').inputValue()).toBe('shop')
  expect(cells).toEqual(['look.color#1f6feb#b4006e', 'greeting–Hello!'])
})

it('holds to WCAG', async () => {
  await desk.examine('/console/audit', 'audit', (page) =>
    page.getByRole('button', { name: 'Changed an inbox' }).first().waitFor(),
  )
  await desk.examine('/console', 'overview', (page) => page.getByTestId('snippet').waitFor())
})
