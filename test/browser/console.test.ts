import { afterAll, beforeAll, expect, it } from 'vitest'
import { aConsole, type TestConsole } from '../support/console.ts'

let desk: TestConsole
beforeAll(async () => {
  desk = await aConsole()
})
afterAll(() => desk.close())

it('says how the first administrator is made while there is none', async () => {
  await desk.api('POST', `/api/admin/agents/${desk.admin.id}/deactivate`, {})
  const { page } = await desk.open('/console', { as: null })
  const command = await page.getByLabel('The command').inputValue()
  await desk.shot(page, 'first-start')
  await desk.api('POST', `/api/admin/agents/${desk.admin.id}/reactivate`, {})
  await page.getByRole('button', { name: 'I have made one' }).click()
  await page.getByTestId('email').waitFor()
  expect(command).toContain('bin/deskbridge user add')
})

it('signs in, keeps the email of a refused attempt, and goes where the address says', async () => {
  const { page } = await desk.open('/console/canned', { as: null })
  await page.getByTestId('email').fill(desk.admin.email)
  await page.getByTestId('password').fill('not this one')
  await page.getByTestId('sign-in').click()
  await page.getByRole('alert').waitFor()
  await desk.shot(page, 'sign-in')
  await page.getByTestId('password').fill(desk.admin.password)
  await page.getByTestId('sign-in').click()
  await page.getByRole('heading', { name: 'Canned responses' }).waitFor()
  await page.getByTestId('sign-out').click()
  await page.getByTestId('email').waitFor()
  expect(new URL(page.url()).pathname).toBe('/console/canned')
})

it('shows somebody who is no administrator what is theirs alone', async () => {
  const { email } = await desk.anAccount('Bo Bell', 'supervisor')
  const { page } = await desk.open('/console/keys', { as: email })
  await page.getByRole('heading', { name: 'There is no such page' }).waitFor()
  await page.goto(`${desk.world.url}/console`)
  await page.getByTestId('list-mine').waitFor()
  expect(await page.getByRole('link', { name: 'API keys' }).count()).toBe(0)
})

it('keeps what was typed when the session ends, and does what was asked once somebody signed in again', async () => {
  const { email, id } = await desk.anAccount('Grace Hopper', 'admin')
  const { page } = await desk.open('/console/canned', { as: email })
  await page.getByTestId('new').first().click()
  await page.getByTestId('name').fill('Delivery times')
  await page.getByTestId('text').fill('We deliver within two days.')
  await desk.api('DELETE', `/api/admin/agents/${id}/sessions`)
  await page.getByTestId('save').click()
  await page.getByTestId('email').fill(email)
  await page.getByTestId('password').fill(desk.admin.password)
  await desk.shot(page, 'sign-in-again')
  await page.getByTestId('sign-in').click()
  await page.getByRole('button', { name: 'Delivery times' }).waitFor()
})

it('goes by the keyboard', async () => {
  const { page, problems } = await desk.open('/console')
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor()
  await desk.shot(page, 'shortcuts')
  await page.keyboard.press('Escape')
  await page.keyboard.press('g')
  await page.keyboard.press('c')
  await page.getByRole('heading', { name: 'Canned responses' }).waitFor()
  await page.getByRole('searchbox').waitFor()
  await page.keyboard.press('/')
  expect(await page.evaluate(() => document.activeElement?.getAttribute('type'))).toBe('search')
  expect(problems).toEqual([])
})

it('is served with a strict policy, whatever the address below it, and its parts for good', async () => {
  const page = await fetch(`${desk.world.url}/console/no/such/page`)
  const [, script = ''] = /src="([^"]+)"/.exec(await page.text()) ?? []
  const asset = await fetch(`${desk.world.url}${script}`)
  const missing = await fetch(`${desk.world.url}/console/assets/console-0.js`)
  expect([
    page.headers.get('content-security-policy')?.match(/script-src [^;]*|frame-ancestors [^;]*/g),
    page.headers.get('cache-control'),
    asset.headers.get('cache-control'),
    missing.status,
  ]).toEqual([["script-src 'self'", "frame-ancestors 'none'"], 'no-cache', 'public, max-age=31536000, immutable', 404])
})

it('works on a telephone', async () => {
  const { page } = await desk.open('/console', { viewport: { width: 390, height: 780 }, reducedMotion: 'reduce' })
  await page.getByRole('link', { name: 'Inboxes' }).first().click()
  await page.getByRole('button', { name: /^Support/ }).click()
  await page.getByRole('heading', { name: 'Look' }).waitFor()
  await desk.shot(page, 'telephone')
  const isTooWide = () => document.documentElement.scrollWidth > document.documentElement.clientWidth
  expect(await page.evaluate(isTooWide)).toBe(false)
})

it('holds to WCAG where somebody signs in', async () => {
  await desk.examine('/console/invitation#x', 'invitation', (page) => page.getByTestId('password').waitFor())
  await desk.examine('/console', 'sign-in', (page) => page.getByTestId('email').waitFor(), { as: null })
})
