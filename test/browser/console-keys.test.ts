import { afterAll, beforeAll, expect, it } from 'vitest'
import { aConsole, type TestConsole } from '../support/console.ts'

let desk: TestConsole
beforeAll(async () => {
  desk = await aConsole()
  const expiresAt = new Date(Date.now() + 5 * 86_400_000).toISOString()
  const keys = [
    { name: 'Shop', scopes: ['chats:read', 'visitors:write'] },
    { name: 'Warehouse', scopes: ['chats:read'], inboxes: ['default'], expiresAt },
    { name: 'Backups', scopes: ['admin'] },
  ]
  for (const key of keys) await desk.api('POST', '/api/admin/keys', key)
})
afterAll(() => desk.close())

it('shows a new key once, and the key opens what it should', async () => {
  const { page } = await desk.open('/console/keys')
  await page.getByTestId('new').first().click()
  await page.getByTestId('name').fill('CRM')
  await page.getByTestId('save').click()
  const secret = await page.getByTestId('secret').inputValue()
  await desk.shot(page, 'keys-secret')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Escape')
  await page.getByTestId('kept').click()
  await expect.poll(() => page.getByTestId('secret').count()).toBe(0)
  const answer = await fetch(`${desk.world.url}/api/chat/sessions`, { headers: { authorization: `Bearer ${secret}` } })
  expect([secret.slice(0, 4), answer.status]).toEqual(['dbk_', 200])
})

it('says beside the field what a key lacks', async () => {
  const { page } = await desk.open('/console/keys')
  await page.getByTestId('new').first().click()
  await page.getByRole('checkbox', { name: /Read chats/ }).uncheck()
  await page.getByTestId('save').click()
  await page.getByText('Choose at least one.').waitFor()
  expect(await page.getByTestId('name').getAttribute('aria-invalid')).toBe('true')
})

it('revokes a key after a question, and leaves nothing of it to change', async () => {
  const { page } = await desk.open('/console/keys')
  await page.getByRole('button', { name: /^Shop/ }).click()
  await page.getByTestId('revoke').click()
  await desk.shot(page, 'keys-revoke')
  await page.getByTestId('yes').click()
  await page.getByTestId('row').filter({ hasText: 'Revoked' }).getByRole('button').click()
  await page.getByRole('dialog').getByText('Revoked').waitFor()
  expect(await page.getByTestId('save').count()).toBe(0)
})

it('holds to WCAG', async () => {
  await desk.examine('/console/keys', 'keys', (page) => page.getByRole('button', { name: /^Warehouse/ }).waitFor())
})
