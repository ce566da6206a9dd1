import { afterAll, beforeAll, expect, it } from 'vitest'
import { aConsole, type TestConsole } from '../support/console.ts'

let desk: TestConsole
beforeAll(async () => {
  desk = await aConsole()
  const inbox = {
    key: 'shop',
    name: 'Shop',
    allowedOrigins: ['https://shop.example'],
    greeting: 'Hello! Ask us anything.',
  }
  await desk.api('POST', '/api/admin/inboxes', inbox)
})
afterAll(() => desk.close())

const inboxOf = (key: string) => desk.api<Record<string, unknown>>('GET', `/api/admin/inboxes/${key}`)

it('makes an inbox and goes on to its settings', async () => {
  const { page } = await desk.open('/console/inboxes')
  await page.getByTestId('new').click()
  await page.getByTestId('name').fill('Help centre')
  await page.getByTestId('key').fill('shop')
  await page.getByTestId('sites').fill('https://help.example,')
  await page.getByTestId('save').click()
  await page.getByText('That exists already.').waitFor()
  await page.getByTestId('key').fill('help')
  await page.getByTestId('save').click()
  await page.getByRole('heading', { level: 1, name: 'Help centre' }).waitFor()
  expect(await inboxOf('help')).toMatchObject({ name: 'Help centre', allowedOrigins: ['https://help.example'] })
})

it('shows the widget with what is not saved yet, and saves what was changed', async () => {
  const { page, problems } = await desk.open('/console/inboxes/shop')
  const preview = page.frameLocator('iframe')
  await preview.getByText('Hello! Ask us anything.').waitFor()
  await page.getByTestId('greeting').fill('')
  // What visitors see begins anew with each of them, and leaves the keyboard where it is.
  await page.getByTestId('greeting').pressSequentially('Hi {{visitor.name|there}}!')
  await preview.getByText('Hi Ana!').waitFor()
  await page.getByTestId('color').fill('#b4006e')
  const header = () => preview.locator('.header').evaluate((node) => getComputedStyle(node).backgroundColor)
  await expect.poll(header).toBe('rgb(180, 0, 110)')
  await page.getByTestId('retention').fill('90')
  await desk.shot(page, 'inbox-unsaved')
  await page.getByTestId('save').click()
  await expect.poll(() => page.getByTestId('save-bar').count()).toBe(0)
  expect(await inboxOf('shop')).toMatchObject({ greeting: 'Hi {{visitor.name|there}}!', retentionDays: 90 })
  expect(problems).toEqual([])
})

it('sets hours, and says beside a day what is wrong with them', async () => {
  const { page } = await desk.open('/console/inboxes/help')
  await page.getByTestId('has-hours').check()
  await page.getByTestId('time-zone').fill('Europe/Lisbon')
  await page.getByLabel('Monday to').fill('08:00')
  await page.getByTestId('save').click()
  await page.getByText('Ends before it begins.').waitFor()
  await page.locator('#hours').scrollIntoViewIfNeeded()
  await desk.shot(page, 'inbox-hours')
  await page.getByLabel('Monday to').fill('24:00')
  await page.getByTestId('save').click()
  await expect.poll(() => page.getByTestId('save-bar').count()).toBe(0)
  expect(await inboxOf('help')).toMatchObject({
    hours: { timeZone: 'Europe/Lisbon', weekly: { mon: [{ from: '09:00', to: '24:00' }], sat: [] } },
  })
})

it('leaves alone what somebody else changed meanwhile, and asks before it replaces it', async () => {
  const { page } = await desk.open('/console/inboxes/help')
  await page.getByTestId('name').fill('Mine')
  await desk.api('PATCH', '/api/admin/inboxes/help', { name: 'Theirs', retentionDays: 30 })
  await page.getByTestId('save').click()
  await page.getByText('Somebody changed the name while you were here.', { exact: false }).waitFor()
  await page.getByTestId('save').click()
  await expect.poll(() => page.getByTestId('save-bar').count()).toBe(0)
  expect(await inboxOf('help')).toMatchObject({ name: 'Mine', retentionDays: 30 })
})

it('asks before a link takes away what was not saved', async () => {
  const { page } = await desk.open('/console/inboxes/shop')
  await page.getByTestId('name').fill('The shop')
  await page.getByRole('link', { name: 'API keys' }).click()
  await page.getByRole('button', { name: 'Stay' }).click()
  expect(await page.getByTestId('name').inputValue()).toBe('The shop')
  await page.getByRole('link', { name: 'API keys' }).click()
  await page.getByTestId('yes').click()
  await page.getByRole('heading', { name: 'API keys' }).waitFor()
})

it('asks as well where the link is pressed before the browser has painted what was typed', async () => {
  const { page } = await desk.open('/console/inboxes/shop')
  await page.getByTestId('name').waitFor()
  await page.evaluate(async () => {
    const field = document.querySelector<HTMLInputElement>('[data-test="name"]')
    const link = document.querySelector<HTMLElement>('a[href="/console/keys"]')
    if (!field || !link) throw new Error('the page has no such field, or no such link')
    field.value = 'Typed just now'
    field.dispatchEvent(new Event('input', { bubbles: true }))
    await Promise.resolve()
    link.click()
  })
  await page.getByRole('button', { name: 'Stay' }).click()
  expect(await page.getByTestId('name').inputValue()).toBe('Typed just now')
})

it('makes an identity secret and takes it back', async () => {
  const { page } = await desk.open('/console/inboxes/shop')
  await page.getByTestId('new-identity-key').click()
  await page.getByTestId('secret').waitFor()
  await page.getByTestId('kept').click()
  await page.getByRole('button', { name: /^Take back/ }).click()
  await page.getByTestId('yes').click()
  await expect.poll(() => desk.api('GET', '/api/admin/inboxes/shop/identity-keys')).toEqual({ keys: [] })
})

it('holds to WCAG', async () => {
  await desk.examine('/console/inboxes', 'inboxes', (page) => page.getByRole('button', { name: /^Shop/ }).waitFor())
  await desk.examine('/console/inboxes/shop', 'inbox', async (page) => {
    await page.getByTestId('has-hours').check()
    await page.frameLocator('iframe').locator('.header').waitFor()
  })
})
