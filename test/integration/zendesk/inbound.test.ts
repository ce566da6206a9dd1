import { expect, it } from 'vitest'
import { fixture } from '../../../sandbox/fixtures/load.ts'
import type { Arrival } from '../../../src/bridge/port/arrival.ts'
import { withoutNetwork } from '../../support/no-network.ts'
import { anAccount, anAudit, aUser } from './account.ts'

withoutNetwork()

type Account = ReturnType<typeof anAccount>

const pageOf = (audits: readonly unknown[], after: string | null) => ({
  name: 'zendesk/audits.list',
  values: { audits, users: [aUser(7, 'agent')], meta: { has_more: after !== null, after_cursor: after } },
})
const audits = '/api/v2/tickets/42/audits.json?page[size]=100&include=users'
const auditsFrom = (cursor: string) =>
  `/api/v2/tickets/42/audits.json?page[size]=100&page[after]=${cursor}&include=users`

const idsAfter = async ({ connector }: Account, after: string | null) =>
  (await connector.missed({ thread: '42' }, after)).items.map(({ id, order }) => ({ id, order }))
const order = (id: number | string) => String(id).padStart(20, '0')

it('brings a ticket’s comments in its order, and nothing else that happened to it', async () => {
  const account = anAccount()
  const noComment = { ...anAudit({ id: 12, comment: 1 }), events: [{ id: 5, type: 'Change', field_name: 'status' }] }
  account.audits(
    42,
    [anAudit({ id: 11, comment: 101, marker: 'mark-1', public: false }), noComment, anAudit({ id: 13, comment: 103 })],
    [aUser(35436, 'agent')],
  )
  const author = { name: 'Robert Schneider', role: 'agent' }
  expect((await account.connector.missed({ thread: '42' }, null)).items).toEqual([
    {
      id: 'comment:101',
      thread: '42',
      order: order(11),
      raw: {
        id: '101',
        public: false,
        body: 'Hello',
        authorId: '35436',
        author,
        marker: 'mark-1',
        ofMerge: false,
        files: [],
      },
    },
    {
      id: 'comment:103',
      thread: '42',
      order: order(13),
      raw: {
        id: '103',
        public: true,
        body: 'Hello',
        authorId: '35436',
        author,
        marker: null,
        ofMerge: false,
        files: [],
      },
    },
  ])
})

it('brings a page at a time, and begins the next look where the last full page ended', async () => {
  const account = anAccount()
  account.answer('get', audits, pageOf([anAudit({ id: 11, comment: 101 })], 'second'))
  const first = await idsAfter(account, null)
  account.answer('get', auditsFrom('second'), pageOf([anAudit({ id: 12, comment: 102 })], null))
  const second = await idsAfter(account, order(11))
  account.answer('get', auditsFrom('second'), pageOf([anAudit({ id: 12, comment: 102 })], null))
  const third = await idsAfter(account, order(12))
  expect({ first, second, third, requests: account.requests().slice(1) }).toEqual({
    first: [{ id: 'comment:101', order: order(11) }],
    second: [{ id: 'comment:102', order: order(12) }],
    third: [],
    requests: [`GET ${audits}`, `GET ${auditsFrom('second')}`, `GET ${auditsFrom('second')}`],
  })
})

it('begins at the beginning again when a remembered place is refused', async () => {
  const account = anAccount()
  account.answer('get', audits, pageOf([anAudit({ id: 11, comment: 101 })], 'second'))
  await idsAfter(account, null)
  account.answer('get', auditsFrom('second'), { status: 400, text: '{"error":"InvalidPaginationParameter"}' })
  await expect(idsAfter(account, order(11))).rejects.toMatchObject({ failure: { kind: 'refused' } })
  account.answer('get', audits, pageOf([anAudit({ id: 11, comment: 101 }), anAudit({ id: 12, comment: 102 })], null))
  expect(await idsAfter(account, order(11))).toEqual([{ id: 'comment:102', order: order(12) }])
})

it('keeps an id beyond 2^53 as it is', async () => {
  const account = anAccount()
  const page = JSON.stringify({ audits: [anAudit({ id: 1, comment: 2 })], users: [], meta: { has_more: false } })
  account.answer('get', audits, { text: page.replace('"id":1,', '"id":9007199254740993,') })
  expect(await idsAfter(account, null)).toEqual([{ id: 'comment:2', order: order('9007199254740993') }])
})

it('has nothing to look at without a ticket', async () => {
  expect(await anAccount().connector.missed({}, null)).toEqual({ items: [], more: false })
})

/** What a comment comes to. */
async function understood(audit: Parameters<typeof anAudit>[0], users: unknown[], arrange = (_: Account) => {}) {
  const account = anAccount()
  account.audits(42, [anAudit(audit)], users)
  arrange(account)
  const {
    items: [item],
  } = await account.connector.missed({ thread: '42' }, null)
  return item && account.connector.understand(item)
}

const agentsAnswer: Arrival = {
  kind: 'message',
  key: 'zendesk:comment:101' as never,
  author: { id: '7', name: 'Robert Schneider' },
  text: 'Have you tried turning it off?',
  files: [],
}
const answer = { id: 11, comment: 101, author: 7, body: 'Have you tried turning it off?' }

it.each(['agent', 'admin'])('takes a public comment by an %s for a message under that person’s name', async (role) => {
  expect(await understood(answer, [aUser(7, role)])).toEqual(agentsAnswer)
})

const johnny = fixture('zendesk/user').body.user as { id: number; role: string; verified: boolean }
const photo = 'https://company.zendesk.com/photos/my_funny_profile_pic.png'

it('takes over the author’s picture and verified email', async () => {
  expect(await understood({ ...answer, author: johnny.id }, [johnny])).toEqual({
    ...agentsAnswer,
    author: {
      id: '35436',
      name: 'Johnny Agent',
      email: 'johnny@example.com',
      picture: { address: photo, read: expect.any(Function) },
    },
  })
})

it('takes them over from an author whom it looks up as well', async () => {
  const arrange = (account: Account) =>
    account.answer('get', user, { name: 'zendesk/user', values: { user: { id: 7 } } })
  expect(await understood(answer, [], arrange)).toMatchObject({
    author: { id: '7', email: 'johnny@example.com', picture: { address: photo } },
  })
})

it.each([
  ['whose email nobody has verified', { verified: false }, { picture: expect.anything() }],
  ['who has no picture', { photo: null }, { email: 'johnny@example.com' }],
])('does without for an author %s', async (_what, values, more) => {
  const arrival = await understood({ ...answer, author: johnny.id }, [{ ...johnny, ...values }])
  expect(arrival).toEqual({ ...agentsAnswer, author: { id: '35436', name: 'Johnny Agent', ...more } })
})

it('keeps nothing of a customer but that they are one', async () => {
  const account = anAccount()
  account.audits(42, [anAudit({ id: 11, comment: 101 })], [{ ...johnny, role: 'end-user' }])
  const [item] = (await account.connector.missed({ thread: '42' }, null)).items
  expect(item?.raw).toMatchObject({ author: { name: 'Johnny Agent', role: 'end-user' } })
  expect(JSON.stringify(item)).not.toMatch(/johnny@|photos/)
})

const aChange = (field_name: string, value: string | null) => ({ id: 5, type: 'Change', field_name, value })
const bob = aUser(7, 'agent', 'Bob')

it.each<[string, { events: object[]; comment?: boolean; marker?: string; by?: object }, object | null]>([
  ['solves it', { events: [aChange('status', 'solved')] }, { text: 'Solved the ticket.' }],
  ['solves it with a word', { events: [aChange('status', 'solved')], comment: true }, { text: 'Solved the ticket.' }],
  ['sets it pending', { events: [aChange('status', 'pending')] }, { text: 'Set the ticket to pending.' }],
  ['sets it pending with a word', { events: [aChange('status', 'pending')], comment: true }, null],
  ['takes it', { events: [aChange('assignee_id', '7')] }, { text: 'Took the ticket.' }],
  ['gives it to somebody', { events: [aChange('assignee_id', '8')] }, { text: 'Gave the ticket to Grace.' }],
  ['gives it to nobody', { events: [aChange('assignee_id', null)] }, null],
  ['tags it', { events: [aChange('tags', 'vip')] }, null],
  ['is us', { events: [aChange('status', 'solved')], marker: 'mark-1' }, null],
  ['is a customer', { events: [aChange('status', 'open')], by: aUser(7, 'end-user') }, { kind: 'pass' }],
])('tells the team when somebody in Zendesk %s', async (_what, { events, comment, marker, by = bob }, expected) => {
  const audit = anAudit({ id: 11, comment: 101, author: 7, ...(marker && { marker }) })
  const account = anAccount()
  const [said] = comment ? audit.events : []
  account.audits(
    42,
    [{ ...audit, author_id: 7, events: [...(said ? [said] : []), ...events] }],
    [by, aUser(8, 'agent', 'Grace')],
  )
  const item = (await account.connector.missed({ thread: '42' }, null)).items.find(({ id }) => id === 'change:11')
  const told = { kind: 'message', key: 'zendesk:change:11', author: { id: '7', name: 'Bob' }, internal: true }
  const wanted = expected && 'text' in expected ? { ...told, ...expected } : expected
  const arrival = item ? await account.connector.understand(item) : null
  expect(arrival).toEqual(wanted && ('text' in wanted ? wanted : expect.objectContaining(wanted)))
})

it('knows our own comment by its marker, whoever signed it', async () => {
  expect(await understood({ ...answer, marker: 'mark-1' }, [aUser(7, 'agent')])).toEqual({
    kind: 'own',
    marker: 'mark-1',
  })
})

it('passes a private comment over', async () => {
  const arrival = await understood({ ...answer, public: false }, [aUser(7, 'agent')])
  expect(arrival).toEqual({ kind: 'pass', reason: 'a private comment' })
})

it('passes a comment by the requester over', async () => {
  expect(await understood(answer, [aUser(7, 'end-user')])).toEqual({ kind: 'pass', reason: 'not by an agent' })
})

const user = '/api/v2/users/7.json'
const userAnswer = (role: string) => ({
  name: 'zendesk/users.create_or_update',
  status: 200,
  values: { user: { id: 7, role, name: 'Robert Schneider' } },
})

it('looks an author up whom the page does not name', async () => {
  expect(await understood(answer, [], (account) => account.answer('get', user, userAnswer('agent')))).toEqual(
    agentsAnswer,
  )
})

it.each([
  ['is a customer', userAnswer('end-user')],
  ['does not exist', { name: 'zendesk/not_found' }],
])('takes nobody for an agent who, looked up, %s', async (_what, looked) => {
  const arrival = await understood(answer, [], (account) => account.answer('get', user, looked))
  expect(arrival).toEqual({ kind: 'pass', reason: 'not by an agent' })
})

it('cuts a name to what a message takes', async () => {
  const arrival = await understood(answer, [aUser(7, 'agent', ` ${'x'.repeat(199)}😀 `)])
  expect(arrival).toMatchObject({ author: { name: 'x'.repeat(199) } })
})

it('asks which tickets have changed in one call, and goes on where it was', async () => {
  const account = anAccount()
  const first = `/api/v2/incremental/tickets/cursor.json?start_time=${Date.UTC(2026, 0, 2, 11, 55) / 1_000}&per_page=100`
  account.answer('get', first, { name: 'zendesk/incremental.tickets.cursor', values: { end_of_stream: false } })
  const second = '/api/v2/incremental/tickets/cursor.json?cursor=MTU3NjYxMzUzOS4wfHw0Njd8&per_page=100'
  account.answer('get', second, {
    name: 'zendesk/incremental.tickets.cursor',
    values: { tickets: [], after_cursor: null },
  })
  const { changedSince } = account.connector
  const one = await changedSince?.(null)
  const two = await changedSince?.(one?.next ?? '')
  const next = 'MTU3NjYxMzUzOS4wfHw0Njd8'
  expect([one, two]).toEqual([
    { threads: ['35436'], next, more: true },
    { threads: [], next, more: false },
  ])
})
