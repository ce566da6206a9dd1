import { expect, it } from 'vitest'
import { RemoteFailure } from '../../../src/bridge/port/failure.ts'
import type { LogEvent } from '../../../src/contract/event.ts'
import { closed, said, session, started, visitorId } from './events.ts'
import { aStand, stopAfterEach } from './stand.ts'

stopAfterEach()

const email = 'ana@example.com'

const startedBy = (visitor: { email?: string }): LogEvent => {
  const event = started()
  if (event.type !== 'session_started') throw new Error('no beginning')
  return { ...event, body: { ...event.body, visitor: { id: visitorId, name: 'Ana', ...visitor } } }
}

/** A chat that has a ticket, and what its visitor writes next. */
async function aChat(options: Parameters<typeof aStand>[0] & { email?: string } = {}) {
  const stand = await aStand(options)
  const log = [startedBy(options.email ? { email: options.email } : {}), said(2, 'One'), said(3, 'Two')]
  await stand.bring(log.slice(0, 2), 'mark-1')
  const [{ id: ticket }] = await stand.tickets()
  const told = () => stand.logged.map(({ state, about }) => ({ state, ...(about !== undefined && { about }) }))
  /** An email of the customer's, as the account's own ticket. */
  const anEmail = async () => {
    const body = { subject: 'My order', comment: { body: 'Where is it?' }, requester: { name: 'Ana', email } }
    return (await (await stand.put('/sandbox/tickets', body, 'POST')).json()).id as number
  }
  const comment = (id: number, body: string) => stand.put(`/sandbox/tickets/${id}/comments`, { body }, 'POST')
  const arrivals = async () => {
    const { items } = await stand.connector.missed(stand.link().remote, null)
    return Promise.all(items.map((item) => stand.connector.understand(item)))
  }
  return { ...stand, log, ticket, told, anEmail, comment, arrivals }
}

const two = { marker: 'mark-2', body: expect.stringMatching(/\nTwo$/) }

it('goes on in a follow-up of a closed ticket, and reads what is written there', async () => {
  const chat = await aChat()
  await chat.put(`/sandbox/tickets/${chat.ticket}`, { status: 'closed' })
  await chat.bringElsewhere(chat.log, 'mark-2')
  const [old, followUp] = await chat.tickets()
  const inOld = await chat.comment(old.id, 'Too late')
  await chat.comment(followUp.id, 'On it')
  expect([followUp, inOld.status, await chat.arrivals(), chat.told()]).toMatchObject([
    { via_followup_source_id: chat.ticket, comments: [two] },
    409,
    [{ kind: 'own' }, { kind: 'message', text: 'On it' }],
    [{ state: 'closed', about: ['status'] }],
  ])
})

it('begins anew when the ticket was deleted', async () => {
  const chat = await aChat()
  await chat.put(`/sandbox/tickets/${chat.ticket}`, {}, 'DELETE')
  await chat.bringElsewhere(chat.log, 'mark-2')
  expect([await chat.tickets(), chat.told()]).toMatchObject([
    [{ via_followup_source_id: null, comments: [two] }],
    [{ state: 'deleted' }],
  ])
})

it('goes on although its tickets are marked as spam, which suspends whoever asked', async () => {
  const chat = await aChat({ email })
  const requesters: unknown[] = []
  const log = [...chat.log, said(4, 'Three')]
  for (const upTo of [3, 4]) {
    const { id } = (await chat.tickets()).at(-1)
    await chat.put(`/sandbox/tickets/${id}/mark_as_spam`, {})
    await chat.bringElsewhere(log.slice(0, upTo), `mark-${upTo}`)
    requesters.push((await chat.tickets()).at(-1).requester)
  }
  expect([requesters, chat.told()]).toMatchObject([
    [{ name: 'Ana', email: null, external_id: `visitor:${visitorId}` }, { name: 'Deskbridge' }],
    [
      { state: 'deleted' },
      { state: 'without_email', about: ['requester: UserSuspended'] },
      { state: 'deleted' },
      { state: 'without_email', about: ['requester: UserSuspended'] },
      { state: 'without_requester', about: ['requester: UserSuspended'] },
    ],
  ])
})

it('makes the ticket of a visitor whose user is suspended as its inbox wants it, and says so', async () => {
  const stand = await aStand({ zendesk: { priority: 'high', tags: ['vip'] } })
  const log = [startedBy({ email }), said(2, 'One')]
  await stand.put('/sandbox/tickets', { comment: { body: 'Buy!' }, requester: { name: 'Ana', email } }, 'POST')
  await stand.put(`/sandbox/tickets/${(await stand.all()).at(-1).id}/mark_as_spam`, {})
  await stand.bring(log, 'mark-1')
  expect([await stand.tickets(), stand.logged]).toMatchObject([
    [{ priority: 'high', tags: ['chat', `session-${session}`, 'vip'], requester: { email: null } }],
    [{ state: 'without_email', session, todo: expect.stringContaining('unsuspend') }],
  ])
})

const required = (stand: Awaited<ReturnType<typeof aStand>>) =>
  stand
    .put('/sandbox/fields', { title: 'Order', type: 'tagger' }, 'POST')
    .then(async (answer) => (await answer.json()).id as number)

it('brings the transcript and leaves the status where a field is required, and says which', async () => {
  const chat = await aChat()
  const field = await required(chat)
  await chat.bring([...chat.log.slice(0, 2), closed(3, 'agent')], 'mark-2')
  expect([await chat.tickets(), chat.logged]).toMatchObject([
    [{ status: 'new', comments: [{}, { public: true, body: expect.stringMatching(/^Transcript/) }] }],
    [{ state: 'unsolved', ticket: String(chat.ticket), about: [`ticket field ${field} (FieldTagger)`] }],
  ])
})

it('makes a ticket that cannot begin solved as its inbox wants it otherwise, and says why', async () => {
  const stand = await aStand({ zendesk: { when: ['closed'], priority: 'high' } })
  const field = await required(stand)
  await stand.bring([started(), said(2, 'One'), closed(3, 'agent')], 'mark-1')
  expect([await stand.tickets(), stand.logged]).toMatchObject([
    [{ status: 'new', priority: 'high' }],
    [{ state: 'without_status', about: [`ticket field ${field} (FieldTagger)`] }],
  ])
})

it('goes on in the ticket that its own was merged into, from there on, and does not solve it', async () => {
  const chat = await aChat()
  const other = await chat.anEmail()
  await chat.comment(other, 'For the email alone')
  await chat.put(`/sandbox/tickets/${chat.ticket}/merge`, { into: other, public: true })
  await chat.comment(other, 'For both')
  await chat.bringElsewhere(chat.log, 'mark-2')
  await chat.bring([...chat.log, closed(4, 'agent')], 'mark-3')
  expect([await chat.ticketOf(other), await chat.arrivals(), chat.told()]).toMatchObject([
    {
      status: 'open',
      comments: [
        { body: 'Where is it?' },
        { body: 'For the email alone' },
        { body: expect.stringContaining(`Request #${chat.ticket}`) },
        { body: 'For both' },
        two,
        { marker: 'mark-3', body: expect.stringMatching(/^Transcript/) },
      ],
    },
    [{ kind: 'message', text: 'For both' }, { kind: 'own' }, { kind: 'own' }],
    [{ state: 'merged', about: ['status'] }],
  ])
})

it('tells the team of the merge, and the visitor nothing of what Zendesk wrote about it', async () => {
  const chat = await aChat()
  await chat.put(`/sandbox/tickets/${chat.ticket}/merge`, { into: await chat.anEmail(), public: true })
  expect(await chat.arrivals()).toEqual([
    { kind: 'own', marker: 'mark-1' },
    { kind: 'pass', reason: 'written by merging tickets' },
    {
      kind: 'note',
      key: expect.stringMatching(/^zendesk:merge:\d+$/),
      rule: 'ticket-merged',
      text: `Ticket #${chat.ticket} of this chat was merged into another one.`,
    },
  ])
})

it('says where it goes on if another chat lives in the other ticket', async () => {
  const chat = await aChat()
  const other = await chat.anEmail()
  await chat.put(`/sandbox/tickets/${chat.ticket}/merge`, { into: other })
  const call = await chat.form(chat.log, 'mark-2')
  const error = await chat.perform(call).catch((thrown: unknown) => thrown)
  expect(error instanceof RemoteFailure && error.failure).toMatchObject({
    kind: 'repair',
    remote: { thread: String(other) },
    otherwise: { followUpOf: String(chat.ticket) },
  })
})

it('goes on in a follow-up when nothing says where its ticket went', async () => {
  const chat = await aChat()
  const other = await chat.anEmail()
  await chat.put(`/sandbox/tickets/${chat.ticket}/merge`, { into: other })
  await chat.put(`/sandbox/tickets/${other}`, {}, 'DELETE')
  await chat.bringElsewhere(chat.log, 'mark-2')
  expect([(await chat.tickets()).at(-1), chat.told()]).toMatchObject([
    { via_followup_source_id: chat.ticket, comments: [two] },
    [{ state: 'merged_anywhere', about: ['status'] }],
  ])
})

it('erases its own in a ticket that is not its own, with what Zendesk quoted of it, and nothing else', async () => {
  const chat = await aChat()
  const other = await chat.anEmail()
  await chat.put(`/sandbox/tickets/${chat.ticket}/merge`, { into: other })
  await chat.bringElsewhere(chat.log, 'mark-2')
  const ours = (await chat.ticketOf(other)).comments.at(-1).id
  const trace = { session, thread: String(other), remoteIds: [`comment:${ours}`] }
  const steps = []
  for (let from: string | null = null; ; ) {
    const step = await chat.connector.erase(trace, from)
    steps.push(step)
    if (step.next === null) break
    from = step.next
  }
  const { subject, comments } = await chat.ticketOf(other)
  const isErased = comments.map(({ body }: { body: string }) => /^[▇\s]+$/.test(body))
  expect([subject, isErased, steps.map(({ wiped }) => wiped), Object.keys(steps.at(-1)?.left ?? {})]).toEqual([
    'My order',
    [false, true, true],
    [1, 1, 0],
    [
      'the requester in Zendesk, whom only an administrator there can delete',
      'what others wrote in a ticket that the chat was merged into, and its subject and fields',
    ],
  ])
})
