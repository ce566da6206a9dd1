import nock from 'nock'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { RemoteFailure } from '../../../src/bridge/port.ts'
import type { Visitor } from '../../../src/contract/event.ts'
import { TicketSettings } from '../../../src/contract/inbox.ts'
import { aField, anAccount, anAudit, aUser, frozen, margaret } from './account.ts'
import { aFile, aLink, session, visitorId } from './events.ts'

beforeEach(() => nock.disableNetConnect())
afterEach(() => {
  nock.cleanAll()
  nock.enableNetConnect()
})

const creation = (visitor: Omit<Visitor, 'id'> = { name: 'Ana' }) => ({
  kind: 'create' as const,
  text: 'Ana · 12:00\nHi',
  public: false,
  visitor: { id: visitorId, ...visitor },
  inbox: { key: 'shop', name: 'Our shop' },
  standing: 'live' as const,
  settings: TicketSettings.parse({}),
})
const comment = {
  kind: 'comment' as const,
  text: 'Ana · 12:01\nStill there?',
  public: false,
  status: 'open' as const,
  files: [],
}

const stamp = '2026-01-02T11:59:00Z'
const known = { thread: '35436', stamp, stampAt: '0', status: 'open', audit: '10'.padStart(20, '0') }
const put = '/api/v2/tickets/35436.json'

/** What an update that the account answers with `answers` comes to. */
async function updating(
  arrange: (account: ReturnType<typeof anAccount>) => void,
  body: typeof comment | object = comment,
) {
  const account = anAccount()
  arrange(account)
  const call = frozen({ ...comment, ...body })
  const outcome = await account.connector.perform(call, aLink(known)).catch((error: unknown) => {
    if (!(error instanceof RemoteFailure)) throw error
    return error.failure
  })
  return { account, outcome, requests: account.requests().slice(1) }
}

const nowText = String(Date.UTC(2026, 0, 2, 12))

it('makes a ticket with the visitor’s own user, tags, fields, a private comment and our marker', async () => {
  const account = anAccount()
  account.fields()
  account.answer('post', '/api/v2/users/create_or_update.json', { name: 'zendesk/users.create_or_update' })
  account.answer('post', '/api/v2/tickets.json', { name: 'zendesk/ticket.create' })
  const receipt = await account.connector.perform(frozen(creation()), aLink())
  expect({ receipt, asked: account.asked.slice(2) }).toEqual({
    receipt: {
      remote: {
        thread: '35436',
        stamp: '2011-05-05T10:38:52Z',
        stampAt: nowText,
        status: 'open',
        tags: 'enterprise other_tag',
        audit: '35436'.padStart(20, '0'),
      },
      remoteIds: ['comment:1564245'],
    },
    asked: [
      {
        request: 'POST /api/v2/users/create_or_update.json',
        key: undefined,
        authorization: 'Bearer gErypPlm4dOVgGRvA1ZzMH5MQ3nLo8bo',
        body: { user: { name: 'Ana', external_id: `visitor:${visitorId}`, skip_verify_email: true } },
      },
      {
        request: 'POST /api/v2/tickets.json',
        key: 'mark-1',
        authorization: 'Bearer gErypPlm4dOVgGRvA1ZzMH5MQ3nLo8bo',
        body: {
          ticket: {
            subject: 'Chat with Ana',
            external_id: session,
            tags: ['chat', `session-${session}`],
            custom_fields: [
              { id: 501, value: session },
              { id: 502, value: visitorId },
            ],
            comment: { body: 'Ana · 12:00\nHi', public: false },
            requester_id: 9873843,
            metadata: { deskbridge: 'mark-1' },
          },
        },
      },
    ],
  })
})

it('makes the ticket for the email that the visitor gave, and gives no user of that email the visitor’s id', async () => {
  const account = anAccount()
  account.fields()
  account.answer('post', '/api/v2/tickets.json', { name: 'zendesk/ticket.create' })
  await account.connector.perform(frozen(creation({ name: 'Ana', email: 'ana@example.com' })), aLink())
  expect({
    requests: account.requests(),
    requester: Object(account.bodyOf('POST /api/v2/tickets.json')).ticket.requester,
  }).toEqual({
    requests: ['POST /oauth/tokens', 'GET /api/v2/ticket_fields.json?page[size]=100', 'POST /api/v2/tickets.json'],
    requester: { name: 'Ana', email: 'ana@example.com' },
  })
})

it('makes the ticket as its inbox says: place, tags, priority, subject and fields, also of what was answered before the chat', async () => {
  const account = anAccount()
  account.fields()
  account.answer('post', '/api/v2/tickets.json', { name: 'zendesk/ticket.create' })
  const settings = TicketSettings.parse({
    ...{ brandId: '123', groupId: '98738', formId: '9007199254740993', tags: ['vip'], priority: 'high' },
    subject: '{{inbox.name}}: {{visitor.topic|a question}} of {{visitor.name}} {{{{boo}}',
    fields: [
      { id: '7', value: '{{visitor.topic}}' },
      { id: '8', value: '{{visitor.order}}' },
      { id: '9', value: 'chat' },
    ],
  })
  const visitor = { name: 'Ana', email: 'ana@example.com', attributes: { topic: 'Returns' } }
  await account.connector.perform(frozen({ ...creation(visitor), settings }), aLink())
  expect(Object(account.bodyOf('POST /api/v2/tickets.json')).ticket).toMatchObject({
    subject: 'Our shop: Returns of Ana {\u200b{\u200b{\u200b{boo}}',
    priority: 'high',
    custom_fields: [
      { id: 501, value: session },
      { id: 502, value: visitorId },
      { id: 7, value: 'Returns' },
      { id: 9, value: 'chat' },
    ],
    brand_id: 123,
    group_id: 98738,
    ticket_form_id: '9007199254740993',
    tags: ['chat', `session-${session}`, 'vip'],
  })
})

it('makes the ticket elsewhere when Zendesk does not take the inbox’s place, and keeps its tags and the email', async () => {
  const account = anAccount()
  account.fields()
  account.answer('post', '/api/v2/tickets.json', { name: 'zendesk/closed' })
  account.answer('post', '/api/v2/tickets.json', { name: 'zendesk/ticket.create' })
  const settings = TicketSettings.parse({ groupId: '1', tags: ['vip'] })
  await account.connector.perform(frozen({ ...creation({ name: 'Ana', email: 'ana@example.com' }), settings }), aLink())
  const made = account.asked.filter(({ request }) => request === 'POST /api/v2/tickets.json')
  expect(
    made.map(({ key, body }) => {
      const { group_id, tags, requester } = Object(body).ticket
      return { key, group_id, tag: tags.at(-1), email: requester.email }
    }),
  ).toEqual([
    { key: 'mark-1', group_id: 1, tag: 'vip', email: 'ana@example.com' },
    { key: 'mark-1-without-settings', group_id: undefined, tag: 'vip', email: 'ana@example.com' },
  ])
})

it('makes the ticket without an email that Zendesk does not take', async () => {
  const account = anAccount()
  account.fields()
  account.answer('post', '/api/v2/tickets.json', { name: 'zendesk/closed' })
  account.answer('post', '/api/v2/users/create_or_update.json', { name: 'zendesk/users.create_or_update' })
  account.answer('post', '/api/v2/tickets.json', { name: 'zendesk/ticket.create' })
  await account.connector.perform(frozen(creation({ name: 'Ana', email: 'ana@example.com' })), aLink())
  const made = account.asked.filter(({ request }) => request === 'POST /api/v2/tickets.json')
  expect(
    made.map(({ key, body }) => ({
      key,
      requester: Object(body).ticket.requester ?? Object(body).ticket.requester_id,
      marker: Object(body).ticket.metadata,
    })),
  ).toEqual([
    { key: 'mark-1', requester: { name: 'Ana', email: 'ana@example.com' }, marker: { deskbridge: 'mark-1' } },
    { key: 'mark-1-without-email', requester: 9873843, marker: { deskbridge: 'mark-1' } },
  ])
})

it('makes a follow-up of a closed ticket, with tags of its own', async () => {
  const account = anAccount()
  account.fields()
  account.answer('post', '/api/v2/tickets.json', { name: 'zendesk/ticket.create' })
  const body = { ...creation({ email: 'ana@example.com' }), followUpOf: '99' }
  await account.connector.perform(frozen(body), aLink({ followUpOf: '99' }))
  expect(account.bodyOf('POST /api/v2/tickets.json')).toMatchObject({
    ticket: { via_followup_source_id: 99, tags: ['chat', `session-${session}`] },
  })
})

it('finds its fields on a later page, past a deactivated one and one of another type, and asks once', async () => {
  const account = anAccount()
  const list = '/api/v2/ticket_fields.json?page[size]=100'
  const page = (fields: unknown[], text: object) => ({
    text: JSON.stringify({ ticket_fields: fields, meta: text }),
  })
  const others = [
    aField('chat_session_id', 1, { active: false }),
    aField('chat_session_id', 2, { type: 'checkbox' }),
    aField('user_id', 502),
  ]
  account.answer('get', list, page(others, { has_more: true, after_cursor: 'abc' }))
  account.answer('get', `${list}&page[after]=abc`, page([aField('chat_session_id', 777)], { has_more: false }))
  for (const marker of ['mark-1', 'mark-2']) {
    account.answer('post', '/api/v2/tickets.json', { name: 'zendesk/ticket.create' })
    await account.connector.perform(frozen(creation({ email: 'ana@example.com' }), { marker }), aLink())
  }
  const made = account.asked.filter(({ request }) => request === 'POST /api/v2/tickets.json')
  expect({
    fields: made.map(({ body }) => Object(body).ticket.custom_fields.map((field: { id: number }) => field.id)),
    lists: account.requests().filter((request) => request.startsWith('GET')).length,
  }).toEqual({
    fields: [
      [777, 502],
      [777, 502],
    ],
    lists: 2,
  })
})

it('makes a field that is missing, and takes the older of two that were made at once', async () => {
  const account = anAccount()
  account.fields(['user_id'])
  const made = JSON.stringify({ ticket_field: aField('chat_session_id', 900) })
  account.answer('post', '/api/v2/ticket_fields.json', { status: 201, text: made })
  const all = [aField('chat_session_id', 900), aField('chat_session_id', 899), aField('user_id', 501)]
  account.answer('get', '/api/v2/ticket_fields.json?page[size]=100', {
    text: JSON.stringify({ ticket_fields: all, meta: { has_more: false } }),
  })
  account.answer('post', '/api/v2/tickets.json', { name: 'zendesk/ticket.create' })
  await account.connector.perform(frozen(creation({ email: 'ana@example.com' })), aLink())
  expect({
    made: account.bodyOf('POST /api/v2/ticket_fields.json'),
    used: Object(account.bodyOf('POST /api/v2/tickets.json')).ticket.custom_fields,
  }).toEqual({
    made: { ticket_field: { title: 'chat_session_id', type: 'text', description: 'Set by Deskbridge' } },
    used: [
      { id: 899, value: session },
      { id: 501, value: visitorId },
    ],
  })
})

it('writes a comment only onto the ticket as it knows it, and takes its id from the audit', async () => {
  const { account, outcome } = await updating(({ answer }) => answer('put', put, { name: 'zendesk/ticket.update' }))
  expect({ outcome, body: account.bodyOf(`PUT ${put}`) }).toEqual({
    outcome: {
      remote: {
        thread: '35436',
        stamp: '2011-05-05T10:38:52Z',
        stampAt: nowText,
        status: 'open',
        tags: 'enterprise other_tag',
        audit: '35436'.padStart(20, '0'),
      },
      remoteIds: ['comment:1564245'],
    },
    body: {
      ticket: {
        comment: { body: comment.text, public: false },
        status: 'open',
        metadata: { deskbridge: 'mark-1' },
        safe_update: true,
        updated_stamp: stamp,
      },
    },
  })
})

it('finds its own comment behind a conflict', async () => {
  const { outcome } = await updating((account) => {
    account.answer('put', put, { name: 'zendesk/conflict' })
    account.audits(35436, [
      anAudit({ id: 10, comment: 1, marker: 'mark-1' }),
      anAudit({ id: 11, comment: 2, marker: 'mark-0' }),
      anAudit({ id: 12, comment: 3, marker: 'mark-1' }),
    ])
    account.ticket(35436, { updated_at: '2026-01-02T12:00:05Z' })
  })
  expect(outcome).toMatchObject({
    remote: { thread: '35436', stamp: '2026-01-02T12:00:05Z', audit: '12'.padStart(20, '0') },
    remoteIds: ['comment:3'],
  })
})

it('takes over the ticket’s new stamp when somebody else had changed it', async () => {
  const { outcome } = await updating((account) => {
    account.answer('put', put, { name: 'zendesk/conflict' })
    account.audits(35436, [anAudit({ id: 12, comment: 3, body: 'By an agent' })])
    account.ticket(35436, { updated_at: '2026-01-02T12:00:05Z', status: 'solved' })
  })
  expect(outcome).toEqual({
    kind: 'repair',
    remote: {
      thread: '35436',
      stamp: '2026-01-02T12:00:05Z',
      stampAt: nowText,
      status: 'solved',
      tags: 'enterprise other_tag',
      audit: known.audit,
    },
  })
})

it('keeps the call when a conflict left the stamp as it was', async () => {
  const { outcome } = await updating((account) => {
    account.answer('put', put, { name: 'zendesk/conflict' })
    account.audits(35436, [])
    account.ticket(35436, { updated_at: stamp })
  })
  expect(outcome).toEqual({ kind: 'ambiguous' })
})

it('goes on in a follow-up when the ticket is closed', async () => {
  const { outcome } = await updating((account) => {
    account.answer('put', put, { name: 'zendesk/closed' })
    account.ticket(35436, { status: 'closed' })
  })
  expect(outcome).toEqual({ kind: 'repair', remote: { followUpOf: '35436' } })
})

it('begins anew when the ticket is deleted', async () => {
  const { outcome } = await updating(({ answer }) => answer('put', put, { name: 'zendesk/not_found' }))
  expect(outcome).toEqual({ kind: 'repair', remote: { had: '35436' } })
})

it('brings the comment alone when the account’s rules refuse the status', async () => {
  const { account, outcome } = await updating(
    (answers) => {
      answers.answer('put', put, { name: 'zendesk/closed' })
      answers.ticket(35436, { status: 'new' })
      answers.answer('put', put, { name: 'zendesk/ticket.update' })
    },
    { public: true, status: 'solved' },
  )
  const puts = account.asked.filter(({ request }) => request.startsWith('PUT')).map(({ body }) => Object(body).ticket)
  expect({
    ids: Object(outcome).remoteIds,
    sent: puts.map(({ status, comment: { public: isPublic }, updated_stamp }) => ({ status, isPublic, updated_stamp })),
    logged: account.logged.map(({ msg }) => msg),
  }).toEqual({
    ids: ['comment:1564245'],
    sent: [
      { status: 'solved', isPublic: true, updated_stamp: stamp },
      { status: undefined, isPublic: true, updated_stamp: stamp },
    ],
    logged: ['status or assignee refused: bringing the comment alone'],
  })
})

const foundByEmail = (role: string) => ({
  name: 'zendesk/users.search',
  values: { users: [{ ...aUser(42, role, 'Margaret'), email: 'Margaret@example.com' }], count: 1 },
})
const search = '/api/v2/users/search.json?query=email:"margaret@example.com"'

it.each([
  { who: 'an agent whom the account knows', role: 'agent', assignee: 42 },
  { who: 'a customer of the same email', role: 'end-user', assignee: undefined },
])('gives the ticket to who answers, if that is $who, and asks once', async ({ role, assignee }) => {
  const account = anAccount()
  account.answer('get', search, foundByEmail(role))
  account.answer('put', put, { name: 'zendesk/ticket.update' })
  account.answer('put', put, { name: 'zendesk/ticket.update' })
  const call = frozen({ ...comment, assignee: margaret })
  const first = await account.connector.perform(call, aLink(known))
  await account.connector.perform(call, aLink(known))
  const given = account.asked.filter(({ request }) => request.startsWith('PUT')).map(({ body }) => Object(body).ticket)
  expect([given.map(({ assignee_id }) => assignee_id), first.remote.agent]).toEqual([[assignee, assignee], margaret])
})

it.each([
  { comments: 5_000, outcome: { kind: 'repair', remote: { had: '35436' } } },
  { comments: 4_999, outcome: { kind: 'refused' } },
])('goes on in another ticket when one is full, with $comments comments', async ({ comments, outcome }) => {
  const updated = await updating(
    (account) => {
      account.answer('put', put, { name: 'zendesk/closed' })
      account.ticket(35436)
      const path = '/api/v2/tickets/35436/comments/count.json'
      account.answer('get', path, { name: 'zendesk/comments.count', values: { count: { value: comments } } })
    },
    { status: undefined },
  )
  expect(updated.outcome).toEqual(outcome)
})

it('attaches the files of a comment by one upload, without those that are gone or not taken', async () => {
  const files = [1, 2, 3, 4].map((n) => aFile(n, `${n}.pdf`))
  const here = new Map(files.filter((_, index) => index !== 1).map(({ id, name }) => [id, Buffer.from(name)]))
  const account = anAccount({ files: here })
  const upload = (query: string) => `/api/v2/uploads.json?filename=${query}`
  account.answer('post', upload('1.pdf'), { name: 'zendesk/uploads.create' })
  account.answer('post', upload('3.pdf&token=6bk3gql82em5nmf'), { status: 413, text: '' })
  account.answer('post', upload('4.pdf&token=6bk3gql82em5nmf'), { name: 'zendesk/uploads.create' })
  account.answer('put', put, { name: 'zendesk/ticket.update' })
  await account.connector.perform(frozen({ ...comment, files }), aLink(known))
  const uploaded = account.asked.filter(({ request }) => request.includes('/uploads')).map(({ body }) => body)
  expect([uploaded, Object(account.bodyOf(`PUT ${put}`)).ticket.comment.uploads]).toEqual([
    ['1.pdf', '3.pdf', '4.pdf'],
    ['6bk3gql82em5nmf'],
  ])
})

it.each([
  { what: 'this ticket', headers: {}, scope: 'link' },
  { what: 'the account', headers: { 'x-rate-limit-remaining': '0' }, scope: 'destination' },
])('waits as long as a 429 of $what says', async ({ headers, scope }) => {
  const { outcome } = await updating(({ answer }) => answer('put', put, { name: 'zendesk/rate_limited', headers }))
  expect(outcome).toEqual({ kind: 'limited', scope, afterMs: 93_000 })
})

it.each([
  ['a 500', { status: 500, text: '' }, 'ambiguous'],
  ['a page instead of an error', { status: 502, text: '<html>Bad gateway</html>' }, 'ambiguous'],
  ['a page instead of an answer', { status: 200, text: '<html>Welcome</html>' }, 'ambiguous'],
  ['nothing at all', { status: 200, text: '' }, 'ambiguous'],
  ['an answer of another form', { status: 200, text: '{"ticket":{"id":1}}' }, 'ambiguous'],
  ['a redirect', { status: 302, text: '', headers: { location: 'https://elsewhere.example/' } }, 'halted'],
  ['a refusal of the account', { status: 403, text: '{"error":"Forbidden"}' }, 'halted'],
])('takes %s for what it is', async (_what, answer, kind) => {
  const { outcome } = await updating((account) => account.answer('put', put, answer))
  expect(outcome).toEqual({ kind })
})

it('finds a ticket that it made by its session and marker', async () => {
  const account = anAccount()
  const query = `/api/v2/tickets.json?external_id=${session}&page[size]=100`
  account.answer('get', query, { name: 'zendesk/tickets.list' })
  account.audits(35436, [anAudit({ id: 20, comment: 21, marker: 'mark-1', public: false })])
  account.ticket(35436)
  expect(await account.connector.find(frozen(creation()), aLink())).toMatchObject({
    remote: { thread: '35436', audit: '20'.padStart(20, '0') },
    remoteIds: ['comment:21'],
  })
})

it('knows its comment by the exact text where the audit has lost the marker', async () => {
  const account = anAccount()
  account.audits(35436, [
    anAudit({ id: 11, comment: 1, body: comment.text, public: true }),
    anAudit({ id: 12, comment: 2, body: `${comment.text.replaceAll('\n', '\r\n')}\n`, public: false }),
  ])
  account.ticket(35436)
  expect(await account.connector.find(frozen(comment), aLink(known))).toMatchObject({ remoteIds: ['comment:2'] })
})

it('does not find what is not there', async () => {
  const account = anAccount()
  account.audits(35436, [anAudit({ id: 11, comment: 1, marker: 'mark-0', body: comment.text, public: false })])
  expect(await account.connector.find(frozen(comment), aLink(known))).toBeNull()
})

it('tells from a look-up that the ticket is deleted', async () => {
  const account = anAccount()
  account.answer('get', '/api/v2/tickets/35436/audits.json?page[size]=100&include=users', { name: 'zendesk/not_found' })
  await expect(account.connector.find(frozen(comment), aLink(known))).rejects.toMatchObject({
    failure: { kind: 'repair', remote: { had: '35436' } },
  })
})

it('knows which of its comments still stand, by their markers or, where an audit has lost it, by their ids', async () => {
  const account = anAccount()
  account.audits(35436, [
    anAudit({ id: 11, comment: 1, marker: 'mark-1' }),
    anAudit({ id: 12, comment: 2 }),
    anAudit({ id: 13, comment: 3, body: 'By an agent' }),
  ])
  const brought = ['1', '2', '9'].map((id) => ({ marker: `mark-${id}`, remoteId: `comment:${id}` }))
  expect(await account.connector.standing('35436', brought)).toEqual(new Set(['mark-1', 'mark-2']))
})

it('finds none of its comments in a ticket that is deleted', async () => {
  const account = anAccount()
  account.answer('get', '/api/v2/tickets/35436/audits.json?page[size]=100&include=users', { name: 'zendesk/not_found' })
  expect(await account.connector.standing('35436', [])).toEqual(new Set())
})
