import { afterAll, beforeAll, expect, it } from 'vitest'
import { aConsole, type TestConsole } from '../support/console.ts'

let desk: TestConsole
beforeAll(async () => {
  desk = await aConsole()
  await desk.anAccount('Bo Bell', 'agent', { teams: ['sales'], skills: ['german', 'returns'], capacity: 3 })
  await desk.anAccount('Grace Hopper', 'supervisor', { teams: ['sales', 'billing'] })
  await desk.anAccount('Margaret Hamilton', 'agent', { teams: ['billing'], inboxes: ['default'] })
})
afterAll(() => desk.close())

it('adds somebody, who chooses a password by the link and signs in with it', async () => {
  const { page } = await desk.open('/console/people')
  await page.getByTestId('new').click()
  await page.getByTestId('name').fill('Katherine Johnson')
  await page.getByTestId('email').fill('katherine@example.com')
  await page.getByTestId('role').selectOption('admin')
  await page.getByTestId('teams').fill('sales,')
  await desk.shot(page, 'people-new')
  await page.getByTestId('save').click()
  const link = await page.getByTestId('secret').inputValue()
  await desk.shot(page, 'people-invited')
  const theirs = await desk.open(new URL(link).pathname + new URL(link).hash, { as: null })
  await theirs.page.getByTestId('password').fill('short')
  await theirs.page.getByTestId('save').click()
  await theirs.page.getByText('It needs 12 characters or more.').waitFor()
  await theirs.page.getByTestId('password').fill('orbit of a capsule')
  await theirs.page.getByTestId('save').click()
  await theirs.page.getByRole('button', { name: 'Sign in' }).click()
  await theirs.page.getByTestId('email').fill('katherine@example.com')
  await theirs.page.getByTestId('password').fill('orbit of a capsule')
  await theirs.page.getByTestId('sign-in').click()
  await theirs.page.getByRole('heading', { name: 'Overview' }).waitFor()
})

it('changes what somebody does, finds them by team, and deactivates them after a question', async () => {
  const { page } = await desk.open('/console/people')
  const names = () => page.getByTestId('row').locator('th small').allTextContents()
  await page.getByLabel('Team', { exact: true }).selectOption('billing')
  await expect.poll(names).toEqual(['grace.hopper@example.com', 'margaret.hamilton@example.com'])
  await page.getByRole('button', { name: /^Margaret/ }).click()
  await page.getByTestId('capacity').fill('7')
  await page.getByTestId('skills').fill('refunds')
  await desk.shot(page, 'people-form')
  await page.getByTestId('save').click()
  await page.getByTestId('row').filter({ hasText: 'refunds' }).getByRole('button').click()
  await page.getByTestId('deactivate').click()
  await page.getByTestId('yes').click()
  await expect.poll(names).toEqual(['grace.hopper@example.com'])
  await page.getByRole('checkbox', { name: 'Also deactivated' }).check()
  await page.getByRole('button', { name: /^Margaret/ }).click()
  await page.getByTestId('reactivate').click()
  await expect.poll(() => page.getByText('Deactivated', { exact: true }).count()).toBe(0)
})

it('holds to WCAG', async () => {
  await desk.examine('/console/people', 'people', (page) => page.getByRole('button', { name: /^Grace/ }).waitFor())
})
