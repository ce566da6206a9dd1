import { expect, it } from 'vitest'
import {
  aFile,
  bo,
  closed,
  deleted,
  edited,
  parcels,
  reopened,
  requested,
  said,
  sent,
  started,
} from '../../../../test/integration/zendesk/events.ts'
import { budgets, heard, updateFor } from '../../../../test/integration/zendesk/planning.ts'
import { AgentId } from '../../../contract/ids.ts'

it('leaves the ticket’s status as it is when something is said once more', async () => {
  const log = [started(), said(2, 'Hi'), said(3, 'There?'), closed(4)]
  const planned = { remote: { status: 'solved' }, again: true } as const
  const again = [await updateFor(log, log.slice(1), planned), await updateFor(log, log.slice(3), planned)]
  expect(again.map((call) => Object.keys(Object(call?.body)))).toEqual([
    ['kind', 'text', 'public', 'files'],
    ['kind', 'text', 'public', 'files'],
  ])
})

it('brings what was written meanwhile as one private comment, more than a second after the stamp', async () => {
  const log = [started(), said(2, 'Hi'), said(3, 'Hello', bo), said(4, 'Not for the customer', bo, true)]
  expect(await updateFor(log, log.slice(2))).toEqual({
    from: 3,
    to: 4,
    part: 1,
    parts: 1,
    lane: 'urgent',
    budgets: budgets.update,
    repeatable: true,
    notBefore: heard + 1_050,
    body: {
      kind: 'comment',
      public: false,
      files: [],
      status: 'pending',
      text: 'Bo · 2026-01-02 12:00:03 UTC\nHello\n\nBo (note) · 2026-01-02 12:00:04 UTC\nNot for the customer',
    },
  })
})

it('brings what a bot wrote under its name, and leaves the ticket as it is', async () => {
  const log = [started(), said(2, 'Hi'), said(3, 'On its way', parcels)]
  const call = await updateFor(log, log.slice(2), { remote: { status: 'solved' } })
  expect(call?.body).toEqual({
    kind: 'comment',
    public: false,
    files: [],
    text: 'Parcels (bot) · 2026-01-02 12:00:03 UTC\nOn its way',
  })
})

it('leaves to the next comment what one does not hold', async () => {
  const long = '語'.repeat(10_000)
  const log = [started(), said(2, long), said(3, long), said(4, long)]
  expect(await updateFor(log, log.slice(1))).toMatchObject({ from: 2, to: 2, parts: 1 })
})

const hold = { visitor: 'pending', agent: null, closing: 'hold' } as const

it.each([
  { after: 'the visitor wrote', last: said(4, 'Hm'), before: 'pending', status: 'open' },
  { after: 'somebody answered', last: said(4, 'One more thing', bo), before: 'open', status: 'pending' },
  { after: 'somebody answered in a solved one', last: said(4, 'Sorry', bo), before: 'solved', status: 'pending' },
  { after: 'a note', last: said(4, 'Hm', bo, true), before: 'solved', status: undefined },
  {
    after: 'what we say by ourselves',
    last: said(4, 'Gone', { kind: 'system', rule: 'x' }),
    before: 'solved',
    status: undefined,
  },
  { after: 'the end', last: closed(4, 'agent'), before: 'open', status: 'solved' },
  {
    after: 'the visitor wrote, as its inbox says',
    last: said(4, 'Hm'),
    before: 'open',
    statusAfter: hold,
    status: 'pending',
  },
  { after: 'an answer that leaves it', last: said(4, 'Yes', bo), before: 'open', statusAfter: hold, status: undefined },
  {
    after: 'an answer that leaves it, unless it was solved',
    last: said(4, 'Yes', bo),
    before: 'solved',
    statusAfter: hold,
    status: 'open',
  },
  { after: 'the end, as its inbox says', last: closed(4, 'agent'), before: 'open', statusAfter: hold, status: 'hold' },
])('sets the ticket’s status after $after', async ({ last, before, statusAfter, status }) => {
  const log = [started(), said(2, 'Hi'), said(3, 'Hello', bo), last]
  const call = await updateFor(log, [last], { remote: { status: before }, inbox: { zendesk: { statusAfter } } })
  expect(Object(call?.body).status).toBe(status)
})

it('opens the ticket when somebody of the team opens the chat again, apart from what was said around it', async () => {
  const log = [started(), said(2, 'Hi'), closed(3), reopened(4, bo), said(5, 'One thing more', bo), reopened(6, bo)]
  const ours = { kind: 'comment', public: false, status: 'open', text: 'Bo reopened the chat.' }
  expect([await updateFor(log, log.slice(3)), await updateFor(log, log.slice(4))]).toMatchObject([
    { from: 4, to: 4, body: ours },
    { from: 5, to: 5 },
  ])
})

it('has nothing to bring of read marks', async () => {
  expect(await updateFor([started()], [started()])).toBeNull()
})

const grace = { kind: 'agent', id: AgentId.parse(`agt_${'3'.repeat(24)}`), name: 'Grace' } as const

it.each([
  { what: 'to who answers', last: said(3, 'Hello', grace), assignee: grace.id },
  { what: 'to nobody for a note', last: said(3, 'Hm', grace, true), assignee: undefined },
  { what: 'to nobody whom we do not know', last: said(3, 'Hello', bo), assignee: undefined },
  { what: 'once', last: said(3, 'Hello', grace), agent: grace.id, assignee: undefined },
  {
    what: 'to nobody where the inbox does not want that',
    last: said(3, 'Hello', grace),
    assign: false,
    assignee: undefined,
  },
])('gives the ticket $what', async ({ last, agent, assign, assignee }) => {
  const log = [started(), said(2, 'Hi'), last]
  const remote = agent === undefined ? {} : { agent }
  const call = await updateFor(log, log.slice(2), { remote, inbox: { zendesk: { assign } } })
  expect(Object(call?.body).assignee).toBe(assignee)
})

it('gives the ticket to who answered last when the chat ends, so that it can be solved', async () => {
  const log = [started(), said(2, 'Hi'), said(3, 'Hello', grace), closed(4, 'agent')]
  expect(await updateFor(log, log.slice(3))).toMatchObject({ body: { status: 'solved', assignee: grace.id } })
})

it('leaves the ticket to whom the account gave it when an agent has answered in the ticket itself', async () => {
  const inTicket = { ...said(3, 'Hello', grace), origin: 'zendesk' }
  const log = [started(), said(2, 'Hi'), inTicket, closed(4, 'agent')]
  const call = await updateFor(log, log.slice(3))
  expect([Object(call?.body).status, Object(call?.body).assignee]).toEqual(['solved', undefined])
})

it('has nothing to bring of a request once there is a ticket', async () => {
  const log = [started(), said(2, 'Hi'), requested(3, bo), said(4, 'Hello')]
  expect([await updateFor(log, log.slice(2)), await updateFor(log, log.slice(2, 3))]).toMatchObject([
    { from: 4, to: 4 },
    null,
  ])
})

it('marks what was edited and deleted after it was brought, and brings the rest as it is by now', async () => {
  const log = [
    started(),
    said(2, 'Hi'),
    said(3, 'Oops'),
    said(4, 'Typo', bo),
    edited(5, said(4, '', bo), 'No typo'),
    said(6, 'Gone at once'),
    deleted(7, said(6, '')),
    edited(8, said(2, ''), 'Hi {{you}}'),
    deleted(9, said(3, '')),
  ]
  const call = await updateFor(log, log.slice(3))
  expect([call?.from, call?.to, Object(call?.body).status]).toEqual([4, 9, 'pending'])
  expect(Object(call?.body).text.split('\n\n')).toEqual([
    'Bo · 2026-01-02 12:00:04 UTC\nNo typo',
    'Bo · 2026-01-02 12:00:08 UTC · in place of what was written at 2026-01-02 12:00:02 UTC\nHi {\u200b{you}}',
    'Bo · 2026-01-02 12:00:09 UTC · deleted what was written at 2026-01-02 12:00:03 UTC',
  ])
})

it('brings nothing of what was deleted before it could be brought, and goes on behind it', async () => {
  const log = [started(), said(2, 'Hi'), said(3, 'Gone'), deleted(4, said(3, '')), closed(5, 'agent')]
  expect([await updateFor(log, log.slice(2)), await updateFor(log, log.slice(2, 4))]).toMatchObject([
    { from: 5, to: 5, body: { status: 'solved' } },
    null,
  ])
})

it('attaches the files of what it brings, as many as can be uploaded in time', async () => {
  const files = [aFile(1, 'a.pdf'), aFile(2, 'huge.pdf', 6_000_000), aFile(3, 'b.pdf', 4_999_000), aFile(4, 'c.pdf')]
  const log = [started(), said(2, 'Hi'), ...files.map((file, index) => sent(3 + index, file))]
  const body = Object((await updateFor(log, log.slice(2)))?.body)
  expect([
    body.files.map(({ name }: { name: string }) => name),
    body.text.includes('huge.pdf (6 MB): https://'),
  ]).toEqual([['a.pdf', 'b.pdf'], true])
})
