import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { Inbox } from '../../src/contract/inbox.ts'
import { screenshotPath } from '../support/browser.ts'
import { adminKey } from '../support/chat.ts'
import { aWidgetSite, deskbridge, examine, isWithin, type OpenedSite, type WidgetSite } from '../support/widget-site.ts'

const preChat = [
  { key: 'name', label: 'Your name', required: true },
  { key: 'email', label: 'Your email', type: 'email' },
  { key: 'topic', label: 'What is it about?', type: 'select', required: true, options: ['Order', 'Return'] },
]
/** Open for a minute of the week: as good as never, and the next time is known. */
const hours = { timeZone: 'Europe/Lisbon', weekly: { mon: [{ from: '03:00', to: '03:01' }] } }
const inboxes = [
  { key: 'default', name: 'Everyone' },
  { key: 'asks', name: 'The shop', preChat, greeting: 'Hello {{visitor.name|there}}!', look: { color: '#b4371f' } },
  { key: 'away', name: 'The shop', hours, look: { color: '#2f6f3e' } },
  { key: 'known', name: 'Customers', identityRequired: true },
  { key: 'guarded', name: 'Guarded', challenge: { when: 'always' } },
].map((inbox) => Inbox.parse({ allowedOrigins: ['*'], challenge: { when: 'never' }, ...inbox }))

/** A challenge like Turnstile: its script shows a button, and its verifier takes what that gives. */
async function aChallenge(): Promise<{ server: Server; url: string }> {
  const script = `window.turnstile = { render(box, { sitekey, callback }) {
    const button = document.createElement('button')
    button.textContent = 'I am a person, ' + sitekey
    button.onclick = () => callback('right')
    box.append(button)
  } }`
  const server = createServer(async (request, response) => {
    const isScript = request.url === '/api.js'
    const form = new URLSearchParams(await text(request))
    response.setHeader('content-type', isScript ? 'text/javascript' : 'application/json')
    response.end(isScript ? script : JSON.stringify({ success: form.get('response') === 'right' }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

let site: WidgetSite
let challenge: Awaited<ReturnType<typeof aChallenge>>
beforeAll(async () => {
  challenge = await aChallenge()
  const { url } = challenge
  const settings = { kind: 'http', verifyUrl: `${url}/siteverify`, siteKey: 'site', secret: 'hush', timeout: 10_000 }
  site = await aWidgetSite({
    config: {
      inboxes,
      challenge: { ...settings, whenDown: 'closed', scriptUrl: `${url}/api.js`, scriptSources: [] } as never,
    },
  })
})
afterEach(() => site.leave())
afterAll(async () => {
  await site.close()
  challenge.server.closeAllConnections()
  challenge.server.close()
})

const poll = <T>(read: () => Promise<T> | T) => expect.poll(read, { timeout: 15_000, interval: 20 })

/** Which chat it is, from what the site is told. */
const early = "Deskbridge('on', 'session', ({ sessionId }) => (window.session = sessionId)); Deskbridge('open')"
const openAt = (inbox: string, more: Parameters<WidgetSite['open']>[0] = {}) => site.open({ inbox, early, ...more })
async function visitorOf({ page }: OpenedSite) {
  const session = () => page.evaluate(() => Object(globalThis).session)
  await poll(session).toMatch(/^ses_/)
  return (await site.chat.node().log.state(await session()))?.visitor
}
async function write({ frame }: OpenedSite, content: string) {
  await frame.getByTestId('widget-input').fill(content)
  await frame.getByTestId('widget-input').press('Enter')
}

it('asks before the first message what the inbox asks, by keyboard alone, and never again', async () => {
  const opened = await openAt('asks')
  const { page, frame, launcher } = opened
  await frame.getByText('Hello there!').waitFor()
  await poll(() => frame.getByTestId('start-name').evaluate((input) => input === document.activeElement)).toBe(true)
  await page.keyboard.press('Enter')
  const faults = await frame.locator('.fault').allTextContents()
  await page.screenshot({ path: screenshotPath('widget-questions-faults') })
  await page.keyboard.type('Ana Bell')
  await page.keyboard.press('Tab')
  await page.keyboard.type('not an email')
  await page.keyboard.press('Tab')
  await page.keyboard.type('Return')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await poll(() => frame.locator('.fault').allTextContents()).toEqual(['This is no email address.'])
  await frame.getByTestId('start-email').fill('ana@example.com')
  await page.keyboard.press('Enter')
  await write(opened, 'Where is my pot?')
  const visitor = await visitorOf(opened)
  await page.reload()
  await launcher.waitFor()
  await frame.getByText('Where is my pot?').waitFor()
  expect([faults, visitor]).toMatchObject([
    ['This is needed.', 'This is needed.'],
    { name: 'Ana Bell', email: 'ana@example.com', attributes: { topic: 'Return' } },
  ])
})

it('asks for nothing that the site has said, and greets by name', async () => {
  const said = `Deskbridge('update', { name: 'Ana', email: 'ana@example.com', attributes: { topic: 'Order' } })\n${early}`
  const { frame } = await openAt('asks', { early: said })
  await frame.getByText('Hello Ana!').waitFor()
  await frame.getByTestId('widget-input').waitFor()
  expect(await frame.getByTestId('start-begin').count()).toBe(0)
})

it('takes a message while nobody is there, and says when somebody is', async () => {
  const opened = await openAt('away', { timezoneId: 'Europe/Lisbon' })
  const { page, frame } = opened
  await frame.getByRole('heading', { name: 'We are not here right now' }).waitFor()
  const back = await frame.locator('.opens').textContent()
  const header = frame.getByTestId('widget-state')
  const before = await header.textContent()
  await frame.getByTestId('start-leave').click()
  const faults = await frame.locator('.fault').allTextContents()
  await frame.getByTestId('start-email').fill('ana@example.com')
  await frame.getByTestId('start-message').fill('My pot has a crack.')
  await page.screenshot({ path: screenshotPath('widget-leave') })
  await frame.getByTestId('start-leave').click()
  await frame.getByText('Thank you! We will answer by email.').waitFor()
  await frame.getByTestId('widget-message').getByText('My pot has a crack.').waitFor()
  await poll(() => header.getAttribute('data-state')).toBe('online')
  expect([before, await header.textContent(), back, faults, await visitorOf(opened)]).toMatchObject([
    'We are not here right now',
    'We are not here right now',
    expect.stringMatching(/^We are back .*, 3:00\.$/),
    ['This is needed.', 'This is needed.'],
    { email: 'ana@example.com' },
  ])
})

it('says in words that one has to sign in, and begins once the site has said who it is', async () => {
  const { key } = await site.chat
    .call('POST', '/api/admin/inboxes/known/identity-keys', { token: adminKey, body: { algorithm: 'HS256' } })
    .then(({ body }) => ({ key: body as { kid: string; secret: string } }))
  const { SignJWT } = await import('jose')
  const token = await new SignJWT({ name: 'Ana' })
    .setProtectedHeader({ alg: 'HS256', kid: key.kid })
    .setSubject('customer-1')
    .setAudience('known')
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(key.secret))
  const opened = await openAt('known')
  await write(opened, 'Where is my order?')
  await opened.frame.getByText('Sign in on this site to chat with us.').waitFor()
  await opened.page.screenshot({ path: screenshotPath('widget-sign-in') })
  await deskbridge(opened.page, 'identify', token)
  await opened.frame.getByTestId('widget-message').getByText('Where is my order?').waitFor()
  expect(await visitorOf(opened)).toMatchObject({ name: 'Ana', externalId: 'customer-1' })
})

it('shows the challenge that the server asks for, and loads nothing of it before', async () => {
  const opened = await openAt('guarded')
  const { frame, requests, problems } = opened
  await frame.getByTestId('widget-input').waitFor()
  const before = requests.includes('/api.js')
  await write(opened, 'I am no robot')
  await frame.getByRole('button', { name: 'I am a person, site' }).waitFor()
  await opened.page.screenshot({ path: screenshotPath('widget-challenge') })
  await frame.getByRole('button', { name: 'I am a person, site' }).click()
  await frame.getByTestId('widget-message').getByText('I am no robot').waitFor()
  expect([before, await frame.locator('.challenge').count(), problems]).toEqual([false, 0, []])
})

it('says that who is blocked cannot chat here', async () => {
  const email = 'blocked@example.com'
  await site.chat.call('POST', '/api/admin/blocks', {
    token: adminKey,
    body: { target: { kind: 'email', email }, reason: 'spam' },
  })
  const opened = await openAt('default', { early: `Deskbridge('update', { email: '${email}' })\n${early}` })
  await write(opened, 'Buy this')
  await opened.frame.getByTestId('refusal').waitFor()
  expect(await opened.frame.getByTestId('refusal').textContent()).toBe('This chat is not available.')
})

it('asks again what the server wants to know, and keeps the message that waits', async () => {
  const opened = await openAt('default')
  await opened.frame.getByTestId('widget-input').waitFor()
  await site.chat.call('PATCH', '/api/admin/inboxes/default', { token: adminKey, body: { hours } })
  await write(opened, 'Are you there?')
  await opened.frame.getByTestId('start-email').fill('ana@example.com')
  await opened.frame.getByTestId('start-begin').click()
  await opened.frame.getByTestId('widget-message').getByText('Are you there?').waitFor()
  await site.chat.call('PATCH', '/api/admin/inboxes/default', { token: adminKey, body: { hours: null } })
  expect(await visitorOf(opened)).toMatchObject({ email: 'ana@example.com' })
})

it('fits on 320 pixels and is read from the right in Arabic', async () => {
  const small = { viewport: { width: 320, height: 568 } }
  const found: boolean[] = []
  for (const inbox of ['asks', 'away']) {
    const { page, frame, context } = await openAt(inbox, { ...small, data: { language: 'ar' } })
    await frame.locator('.form').waitFor()
    found.push(await isWithin(frame))
    await page.screenshot({ path: screenshotPath(`widget-${inbox}-arabic-320`) })
    await context.close()
  }
  expect(found).toEqual([true, true])
})

it('holds to WCAG before a chat', async () => {
  await examine(site, 'questions', { inbox: 'asks', early }, async ({ frame }) => {
    await frame.getByTestId('start-begin').click()
    await frame.locator('.fault').first().waitFor()
  })
  await examine(site, 'leave', { inbox: 'away', early }, ({ frame }) => frame.locator('.form').waitFor())
  await examine(site, 'refused', { inbox: 'known', early }, async (opened) => {
    await write(opened, 'Hello')
    await opened.frame.getByTestId('refusal').waitFor()
  })
})
