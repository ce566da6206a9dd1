import { afterAll, beforeAll, expect, it } from 'vitest'
import { aConsole, type TestConsole } from '../support/console.ts'

let desk: TestConsole
beforeAll(async () => {
  desk = await aConsole()
})
afterAll(() => desk.close())

it('shows where somebody is signed in, ends one of them, and changes the password for who knows it', async () => {
  const { email, password } = await desk.anAccount('Grace Hopper', 'admin')
  const { page } = await desk.open('/console/account', { as: email })
  const sessions = () => page.getByTestId('session').count()
  const signIn = { method: 'POST', body: JSON.stringify({ email, password }), headers: { origin: desk.world.url } }
  await fetch(`${desk.world.url}/api/auth/sign-in`, signIn)
  await page.reload()
  await expect.poll(sessions).toBe(2)
  await page.getByRole('button', { name: 'Sign out', exact: true }).last().click()
  await expect.poll(sessions).toBe(1)
  await page.getByTestId('current').fill('not this one')
  await page.getByTestId('new-password').fill('another battery horse')
  await page.getByTestId('change-password').click()
  await page.getByText('The current password is not right.').waitFor()
  await page.getByTestId('current').fill(password)
  await page.getByTestId('change-password').click()
  await page.getByText('Your password was changed.', { exact: false }).waitFor()
  expect(await page.getByTestId('current').inputValue()).toBe('')
})

it('holds to WCAG', async () => {
  await desk.examine('/console/account', 'account', (page) => page.getByTestId('session').first().waitFor())
})
