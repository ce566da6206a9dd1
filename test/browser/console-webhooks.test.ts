import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { CreatedEndpoint, ShownEndpoint } from '../../src/contract/webhook.ts'
import { aConsole, type TestConsole } from '../support/console.ts'
import { aRemote, type Remote } from '../support/webhook-remote.ts'

const folder = mkdtempSync(join(tmpdir(), 'console-webhooks-'))
const config = join(folder, 'config.yaml')
const receiver = { status: 200, body: '{"taken":true}' }

let desk: TestConsole
let remote: Remote
let url: string
beforeAll(async () => {
  writeFileSync(config, stringify({ webhooks: { allow: ['127.0.0.1'] } }))
  remote = await aRemote((_request, response) => {
    response.writeHead(receiver.status, { 'content-type': 'application/json' }).end(receiver.body)
  })
  url = `http://127.0.0.1:${remote.port}/hooks`
  desk = await aConsole({ env: { DESKBRIDGE_CONFIG: config } })
})
afterAll(async () => {
  await desk.close()
  await remote[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true })
})

const answer = (status: number, body: string) => void Object.assign(receiver, { status, body })
const endpoints = async () =>
  (await desk.api<{ endpoints: ShownEndpoint[] }>('GET', '/api/admin/webhooks/endpoints')).endpoints
const anEndpoint = (more: object = {}) =>
  desk.api<CreatedEndpoint>('POST', '/api/admin/webhooks/endpoints', { url, events: ['message.*'], ...more })
const addressOf = ({ id }: { id: string }) => `/console/webhooks/${id}`
const rowOf = (page: Page, type: string) => page.getByTestId('row').filter({ hasText: type }).first()

it('makes an endpoint, says what is wrong beside the field, and shows the secret once', async () => {
  const { page, problems } = await desk.open('/console/webhooks')
  await page.getByTestId('new').first().click()
  await page.getByTestId('url').fill('ftp://crm.example.com')
  await page.getByTestId('save').click()
  await page.getByText('Must be an address such as', { exact: false }).waitFor()
  await page.getByTestId('url').fill(url)
  await page.getByTestId('description').fill('CRM')
  await page.getByTestId('event-chat.*').uncheck()
  await page.getByTestId('event-note.created').check()
  await page.getByRole('button', { name: 'Add a header' }).click()
  await page.getByLabel('Name').fill('Authorization')
  await page.getByTestId('save').click()
  await page.getByText('Type the value.').waitFor()
  await page.getByLabel('Value').fill('Bearer of the CRM')
  await desk.shot(page, 'webhooks-new')
  await page.getByTestId('save').click()
  const secret = await page.getByTestId('secret').inputValue()
  await desk.shot(page, 'webhooks-secret')
  await page.getByTestId('kept').click()
  await page.getByRole('heading', { level: 1, name: 'CRM' }).waitFor()
  const [made] = await endpoints()
  expect({ secret: secret.slice(0, 6), made, problems }).toMatchObject({
    secret: 'whsec_',
    made: { url, description: 'CRM', events: ['message.*', 'note.created'], headers: ['authorization'], enabled: true },
    problems: [],
  })
})

it('sends a test and shows what came back', async () => {
  const endpoint = await anEndpoint({ description: 'Tested' })
  answer(503, '<b>Closed for today</b>')
  const { page } = await desk.open(addressOf(endpoint))
  await page.getByTestId('test').click()
  await page.getByTestId('test-type').selectOption('chat.rated')
  await page.getByTestId('send-test').click()
  await page.getByTestId('answer').waitFor()
  await desk.shot(page, 'webhooks-test')
  const shown = await page.getByTestId('attempt').locator('.badge').textContent()
  const text = await page.getByTestId('answer').textContent()
  await page.getByTestId('close').click()
  await rowOf(page, 'chat.rated').getByText('Test').waitFor()
  expect({ shown, text, sent: JSON.parse(String(remote.received.at(-1)?.body)).type }).toEqual({
    shown: '503',
    text: '<b>Closed for today</b>',
    sent: 'chat.rated',
  })
})

it('lists what a chat’s message became, and sends it again until it is delivered', async () => {
  const endpoint = await anEndpoint({ description: 'Shop' })
  answer(500, 'The database is away')
  const { page, problems } = await desk.open(addressOf(endpoint))
  const visitor = await desk.world.visitor()
  await visitor.send('Where is my order?')
  await expect.poll(() => remote.received.some(({ body }) => body.includes('Where is my order?'))).toBe(true)
  await page.reload()
  await rowOf(page, 'message.created').getByText('Answered 500', { exact: false }).waitFor()
  await page.getByRole('button', { name: 'message.created' }).click()
  await page.getByTestId('answer').first().waitFor()
  await page.getByTestId('payload').getByText('Where is my order?').waitFor()
  await desk.shot(page, 'webhooks-delivery')
  const attempts = await page.getByTestId('attempt').count()
  answer(200, '{"taken":true}')
  await page.getByTestId('resend').click()
  await page.getByRole('dialog').getByText('Delivered').first().waitFor()
  await page.getByTestId('close').click()
  await rowOf(page, 'message.created').getByText('Delivered').waitFor()
  await page.getByLabel('Result').selectOption('failed')
  await page.getByText('Nothing fits').waitFor()
  expect([attempts >= 1, problems]).toEqual([true, []])
})

it('replays what an endpoint missed, and tells how far it is', async () => {
  const visitor = await desk.world.visitor()
  await visitor.send('Is anybody there?')
  const endpoint = await anEndpoint({ description: 'Late', events: ['chat.created'] })
  const { page } = await desk.open(addressOf(endpoint))
  await page.getByTestId('replay').click()
  await page.getByTestId('event-message.created').check()
  await page.getByTestId('save').click()
  await page.getByTestId('replays').getByText('Done').waitFor()
  await rowOf(page, 'message.created').getByText('Delivered').waitFor()
  await page.getByTestId('recover').click()
  await page.getByTestId('save').click()
  await page.getByText('Nothing had failed since then.').waitFor()
  await desk.shot(page, 'webhooks-replayed')
})

it('changes the secret, keeps the headers, and takes an endpoint away after a question', async () => {
  const headers = [{ name: 'x-key', value: 'kept' }]
  const endpoint = await anEndpoint({ description: 'Old', headers, enabled: false })
  const { page } = await desk.open(addressOf(endpoint))
  await page.getByTestId('turn-on').click()
  await expect.poll(() => page.getByTestId('standing').count()).toBe(0)
  await page.getByTestId('edit').click()
  await page.getByTestId('description').fill('New')
  await desk.api('PATCH', `/api/admin/webhooks/endpoints/${endpoint.id}`, { ordered: true })
  await page.getByTestId('save').click()
  await page.getByText('Somebody changed this endpoint', { exact: false }).waitFor()
  await page.getByTestId('save').click()
  await page.getByRole('heading', { level: 1, name: 'New' }).waitFor()
  await page.getByTestId('rotate').click()
  await page.getByTestId('save').click()
  await page.getByTestId('secret').waitFor()
  await page.getByTestId('kept').click()
  await page.getByTestId('secrets').getByText('Signs until', { exact: false }).waitFor()
  const changed = (await endpoints()).find(({ id }) => id === endpoint.id)
  await page.getByTestId('remove').click()
  await page.getByTestId('yes').click()
  await page.getByRole('button', { name: /^CRM/ }).waitFor()
  const left = (await endpoints()).map(({ id }) => id)
  expect({ changed, isLeft: left.includes(endpoint.id) }).toMatchObject({
    changed: { description: 'New', headers: ['x-key'], ordered: true, enabled: true },
    isLeft: false,
  })
})

it('shows each event at an address of its own', async () => {
  const { page } = await desk.open('/console/webhooks/events?type=chat.transferred')
  await page.getByTestId('example').getByText('"refunds"').waitFor()
  await page.getByRole('searchbox').fill('rated')
  await page.getByRole('link', { name: 'chat.rated' }).click()
  await page.getByRole('rowheader', { name: 'data.score' }).waitFor()
  expect(new URL(page.url()).search).toBe('?type=chat.rated')
})

it('holds to WCAG', async () => {
  const [first] = await endpoints()
  const row = (name: string) => (page: Page) => page.getByRole('button', { name }).first().waitFor()
  const shop = (await endpoints()).find(({ description }) => description === 'Shop') ?? first
  if (!first || !shop) throw new Error('no endpoint')
  await desk.examine('/console/webhooks', 'webhooks', row('CRM'))
  await desk.examine('/console/webhooks', 'webhooks-panel', async (page) => {
    await page.getByTestId('new').click()
    await page.getByTestId('event-note.created').waitFor()
  })
  await desk.examine(addressOf(shop), 'webhooks-endpoint', row('message.created'))
  await desk.examine(addressOf(shop), 'webhooks-opened', async (page) => {
    await page.getByRole('button', { name: 'message.created' }).first().click()
    await page.getByTestId('payload').waitFor()
  })
  const narrow = { viewport: { width: 390, height: 844 } }
  await desk.examine(addressOf(shop), 'webhooks-narrow', row('message.created'), narrow)
  await desk.examine('/console/webhooks/events', 'webhooks-events', (page) => page.getByTestId('example').waitFor())
  await desk.examine('/console/webhooks/verify', 'webhooks-verify', (page) => page.getByTestId('code').waitFor())
})
