import { expect, it } from 'vitest'
import { RemoteFailure } from '../../../src/bridge/port/failure.ts'
import { withoutNetwork } from '../../support/no-network.ts'
import { anAccount, anAudit, aUser, frozen, margaret } from './account.ts'
import { comment, documentedReceipt, known, nowText, stamp } from './calls.ts'
import { aFile, aLink, session } from './events.ts'

withoutNetwork()

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

it('writes a comment only onto the ticket as it knows it, and takes its id from the audit', async () => {
  const { account, outcome } = await updating(({ answer }) => answer('put', put, { name: 'zendesk/ticket.update' }))
  expect({ outcome, body: account.bodyOf(`PUT ${put}`) }).toEqual({
    outcome: documentedReceipt,
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
  expect(outcome).toEqual({ kind: 'repair', remote: { followUpOf: '35436' }, readFirst: true })
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

it('goes on in a new ticket when the requester is refused in the one that is there', async () => {
  const { account, outcome } = await updating(
    (answers) => {
      answers.answer('put', put, { name: 'zendesk/suspended' })
      answers.ticket(35436)
      answers.answer('get', '/api/v2/tickets/35436/comments/count.json', { name: 'zendesk/comments.count' })
    },
    { status: undefined },
  )
  expect([outcome, account.logged]).toMatchObject([
    { kind: 'repair', remote: { had: '35436' } },
    [{ state: 'suspended', session, ticket: '35436', about: ['requester: UserSuspended'] }],
  ])
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
  { answer: { name: 'zendesk/uploads.create' }, where: 'the attached file', uploads: ['6bk3gql82em5nmf'] },
  { answer: { status: 422, text: '' }, where: 'Deskbridge', uploads: undefined },
])('attaches a long transcript as a page, or says where it is: $where', async ({ answer, where, uploads }) => {
  const account = anAccount()
  account.answer('post', `/api/v2/uploads.json?filename=${session}.html`, answer)
  account.answer('put', put, { name: 'zendesk/ticket.update' })
  await account.connector.perform(frozen({ ...comment, pageUpTo: 7 }), aLink(known))
  const [page] = account.asked.filter(({ request }) => request.includes('/uploads')).map(({ body }) => body)
  const { body, uploads: named } = Object(account.bodyOf(`PUT ${put}`)).ticket.comment
  expect([page, body, named]).toEqual([
    `${session} up to 7`,
    `${comment.text}\n\nThe whole chat is in ${where}.`,
    uploads,
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
