import { afterAll, beforeAll, expect, it } from 'vitest'
import { Inbox } from '../../../src/contract/inbox.ts'
import { aChat, adminKey, type TestChat } from '../../support/chat.ts'

/** A Tuesday, 09:30 in Lisbon. */
const now = Date.parse('2026-06-30T08:30:00Z')
let clock = now
let chat: TestChat
beforeAll(async () => {
  chat = await aChat({ nodes: 2, now: () => clock })
})
afterAll(() => chat.close())

const admin = (method: string, path: string, body?: unknown, token = adminKey) =>
  chat.call(method, `/api/admin/inboxes${path}`, { token, body })
const codeOf = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [status, body.error?.code]

const aDesk = (key: string, more: object = {}) => ({ key, name: 'Desk', allowedOrigins: ['*'], ...more })
const tuesdays = { timeZone: 'Europe/Lisbon', weekly: { tue: [{ from: '09:00', to: '17:00' }] } }

it('makes, lists, shows and changes inboxes', async () => {
  const made = await admin('POST', '', aDesk('desk', { look: { color: '#ff0000', theme: 'dark' }, greeting: 'Hi' }))
  const again = await admin('POST', '', aDesk('desk'))
  const changed = await admin('PATCH', '/desk', { name: 'Help desk', look: { color: '#00ff00' } })
  const shown = await admin('GET', '/desk')
  const list = await admin('GET', '')
  const whole = Inbox.parse(aDesk('desk', { look: { color: '#ff0000', theme: 'dark' }, greeting: 'Hi' }))
  const after = { ...whole, name: 'Help desk', look: { ...whole.look, color: '#00ff00', theme: 'auto' } }
  expect({
    made: [made.status, made.body],
    again: codeOf(again),
    changed: changed.body,
    shown: shown.body,
    keys: list.body.inboxes.map(({ key }: { key: string }) => key),
    unknown: [codeOf(await admin('GET', '/nowhere')), codeOf(await admin('PATCH', '/nowhere', { name: 'x' }))],
  }).toEqual({
    made: [201, { ...whole, version: 1 }],
    again: [409, 'already_exists'],
    changed: { ...after, version: 2 },
    shown: { ...after, version: 2 },
    keys: ['default', 'desk', 'shop'],
    unknown: [
      [404, 'not_found'],
      [404, 'not_found'],
    ],
  })
})

it('changes the version that was read, and leaves alone what somebody changed since', async () => {
  await admin('POST', '', aDesk('shared'))
  const first = await admin('PATCH', '/shared', { version: 1, greeting: 'Hi' })
  const late = await admin('PATCH', '/shared', { version: 1, name: 'Late' })
  const next = await admin('PATCH', '/shared', { version: 2, name: 'Next' })
  expect({ first: first.body.version, late: late.body.error, next: next.body }).toMatchObject({
    first: 2,
    late: { code: 'version_conflict', details: { version: 2 } },
    next: { greeting: 'Hi', name: 'Next', version: 3 },
  })
})

it.each([
  ['an origin with a path', { allowedOrigins: ['https://shop.example/'] }],
  ['an origin with a port that browsers leave out', { allowedOrigins: ['https://shop.example:443'] }],
  ['more than an origin', { allowedOrigins: ["https://shop.example; script-src 'unsafe-inline'"] }],
  ['a zone that is none', { hours: { timeZone: 'Europe/Atlantis', weekly: {} } }],
  [
    'an opening that ends before it begins',
    { hours: { ...tuesdays, weekly: { mon: [{ from: '9:00', to: '08:00' }] } } },
  ],
  ['two holidays on one day', { hours: { ...tuesdays, holidays: [{ date: '2026-12-25' }, { date: '2026-12-25' }] } }],
  ['a select without options', { preChat: [{ key: 'a', label: 'A', type: 'select' }] }],
  ['two questions under one key', { preChat: ['A', 'B'].map((label) => ({ key: 'a', label })) }],
  ['a channel by its name', { slack: { channel: '#support' } }],
  ['another key', { key: 'other' }],
])('refuses %s', async (_, change) => {
  const before = await admin('GET', '/shop')
  const refused = await admin('PATCH', '/shop', change)
  expect([codeOf(refused), await admin('GET', '/shop')]).toEqual([[400, 'invalid_input'], before])
})

it('takes web views of apps and several sites', async () => {
  const allowedOrigins = ['capacitor://localhost', 'http://localhost:8080', 'https://a.example']
  expect((await admin('POST', '', aDesk('app', { allowedOrigins }))).body.allowedOrigins).toEqual(allowedOrigins)
})

it('tells a widget of the inbox, and when it opens', async () => {
  await admin('POST', '', aDesk('hours', { hours: tuesdays, outsideHours: { text: 'Closed.' } }))
  const ask = async () => (await chat.call('GET', '/api/chat/inboxes/hours')).body
  const open = await ask()
  clock = Date.parse('2026-06-30T20:00:00Z')
  const shut = await ask()
  clock = now
  expect([open, shut]).toMatchObject([
    { name: 'Desk', open: true, opensAt: null, emailRequired: false, outsideHours: 'Closed.' },
    { name: 'Desk', open: false, opensAt: '2026-07-07T08:00:00.000Z', emailRequired: true, outsideHours: 'Closed.' },
  ])
})

it('takes no new chats and shows nothing while it is off, and lets those that it has go on', async () => {
  await admin('POST', '', aDesk('off'))
  const { sessionId, token } = await chat.session({ inboxKey: 'off' })
  await admin('PATCH', '/off', { enabled: false })
  const { sessionId: _, ...message } = chat.aMessage(sessionId, 'still here')
  const answers = [
    await chat.call('POST', '/api/chat/sessions', { body: { inboxKey: 'off' } }),
    await chat.call('GET', '/api/chat/inboxes/off'),
    await chat.call('POST', `/api/chat/sessions/${sessionId}/messages`, { token, body: message }),
    await admin('PATCH', '/off', { enabled: true }),
    await chat.call('POST', '/api/chat/sessions', { body: { inboxKey: 'off' } }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([404, 404, 201, 200, 201])
})

it('lets the other node know within a moment', async () => {
  await admin('POST', '', aDesk('news'))
  clock += 1_000
  const answer = await fetch(`${chat.node(1).url}/api/chat/inboxes/news`)
  expect(answer.status).toBe(200)
})

it('reads what an older node stored and what a newer one did', async () => {
  const inboxes = chat.node().connection.collection<{ _id: string }>('inboxes')
  const stored = { name: 'Old', allowedOrigins: ['*'] }
  await inboxes.insertMany([
    { _id: 'older', ...stored },
    { _id: 'newer', ...stored, settingOfTomorrow: true },
  ] as never)
  clock += 1_000
  const shown = [(await admin('GET', '/older')).body, (await admin('GET', '/newer')).body]
  expect(shown).toEqual(['older', 'newer'].map((key) => ({ ...Inbox.parse({ key, ...stored }), version: 1 })))
})

it('makes each inbox of the configuration once, and never undoes what was changed since', async () => {
  await admin('PATCH', '/shop', { name: 'Edited' })
  await Promise.all([0, 1, 0, 1].map((index) => chat.node(index).chat.seed()))
  const stored = chat
    .node()
    .connection.collection('inboxes')
    .find({ _id: 'shop' as never })
  expect((await stored.toArray()).map(({ name }) => name)).toEqual(['Edited'])
})

it('makes each inbox of the configuration once when nodes begin on an empty store together', async () => {
  await chat.node().connection.collection('inboxes').deleteMany({})
  clock += 1_000
  await Promise.all(Array.from({ length: 8 }, (_, index) => chat.node(index % 2).chat.seed()))
  const keys = await chat.node().connection.collection('inboxes').find().sort({ _id: 1 }).toArray()
  expect(keys.map(({ _id }) => String(_id))).toEqual(['default', 'shop'])
})

it('is for administrators, and one of some inboxes is told of no others', async () => {
  const tokenOf = async (role: string, inboxes: string[]) => {
    const body = { name: 'Eve', email: `${role}-${inboxes.length}@example.com`, role, inboxes }
    const { id } = (await chat.call('POST', '/api/admin/agents', { token: adminKey, body })).body
    return (await chat.call('POST', `/api/admin/agents/${id}/token`, { token: adminKey })).body.token
  }
  const [supervisor, restricted] = [await tokenOf('supervisor', []), await tokenOf('admin', ['shop'])]
  const list = await admin('GET', '', undefined, restricted)
  const answers = [
    await admin('GET', '', undefined, supervisor),
    await admin('GET', '/shop', undefined, restricted),
    await admin('GET', '/default', undefined, restricted),
    await admin('PATCH', '/default', { name: 'Mine' }, restricted),
    await admin('POST', '', aDesk('mine'), restricted),
  ]
  expect([list.body.inboxes.map(({ key }: { key: string }) => key), answers.map(({ status }) => status)]).toEqual([
    ['shop'],
    [403, 200, 404, 404, 403],
  ])
})
