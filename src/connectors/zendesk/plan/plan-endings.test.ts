import { expect, it } from 'vitest'
import { bo, closed, edited, reopened, said, started, toBeMailed } from '../../../../test/integration/zendesk/events.ts'
import { updateFor } from '../../../../test/integration/zendesk/planning.ts'

it('ends with one public transcript of the stretch since the last closing, without notes, and solves', async () => {
  const log = [
    started(),
    said(2, 'First'),
    closed(3),
    said(4, 'Second'),
    said(5, 'Secret', bo, true),
    said(6, 'Answer', bo),
    closed(7),
  ]
  expect(await updateFor(log, log.slice(6))).toMatchObject({
    from: 7,
    to: 7,
    part: 1,
    parts: 1,
    body: {
      kind: 'comment',
      public: true,
      status: 'solved',
      text: 'Transcript of the chat\n\nAna · 2026-01-02 12:00:04 UTC\nSecond\n\nBo · 2026-01-02 12:00:06 UTC\nAnswer',
    },
  })
})

it('brings the beginning of a long transcript in one comment, with all of it as a file', async () => {
  const long = '語'.repeat(10_000)
  const log = [started(), said(2, long), said(3, long), closed(4)]
  expect(await updateFor(log, log.slice(3))).toMatchObject({
    ...{ from: 4, to: 4, part: 1, parts: 1 },
    body: { public: true, status: 'solved', standing: 'ended', pageUpTo: 4, text: expect.stringContaining(long) },
  })
})

it('goes on in comments with the transcript that a ticket was made of, and solves with the last', async () => {
  const long = '語'.repeat(10_000)
  const log = [started(), said(2, long), said(3, long), said(4, long), closed(5)]
  const calls = await Promise.all([1, 2].map((partsDone) => updateFor(log, log.slice(4), { partsDone })))
  const seen = calls.map((call) => ({ part: call?.part, parts: call?.parts, status: Object(call?.body).status }))
  expect(seen).toEqual([
    { part: 2, parts: 3, status: undefined },
    { part: 3, parts: 3, status: 'solved' },
  ])
})

it('mails nobody a transcript without a word in it', async () => {
  const log = [started(), said(2, 'Hi'), closed(3), said(4, 'Between us', bo, true), closed(5)]
  expect(await updateFor(log, log.slice(4))).toMatchObject({
    body: { kind: 'comment', public: false, status: 'solved', text: 'The chat was closed.' },
  })
})

const left = [started({ offline: true }), said(2, 'Call me'), closed(3), said(4, 'Please'), closed(5, 'timeout')]
const answered = [...left.slice(0, 2), said(3, 'Hello', bo), closed(4)]
const noted = [...left.slice(0, 2), said(3, 'Strange', bo, true), closed(4)]

it.each([
  { what: 'what the visitor left', log: left.slice(0, 3), status: undefined },
  { what: 'what they left and went on with in vain', log: left, status: undefined },
  { what: 'what has a note and no answer', log: noted, status: undefined },
  { what: 'what was answered', log: answered, status: 'solved' },
  { what: 'what somebody of the team closed', log: [...left.slice(0, 2), closed(3, 'agent')], status: 'solved' },
])('closing a chat that began outside the hours, leaves the ticket with the status: $what', async ({ log, status }) => {
  const call = await updateFor(log, log.slice(-1))
  expect([Object(call?.body).status, Object(call?.body).public]).toEqual([status, status === 'solved'])
})

const chatted = [started(), said(2, 'Hi'), said(3, 'Hello', bo)]
const overAt4 = [...chatted, closed(4, 'agent')]

it.each([
  { what: 'goes on', log: [...chatted, said(4, 'Thanks')], tags: 'chat vip', standing: undefined },
  { what: 'is closed', log: overAt4, tags: 'chat vip', standing: 'ended' },
  { what: 'is left', log: left.slice(0, 3), tags: 'chat vip', standing: 'away' },
  {
    what: 'was left, and its answers are mailed',
    log: [...chatted, toBeMailed(4, { after: 2, upTo: 3 })],
    tags: 'chat vip',
    standing: 'away',
  },
  {
    what: 'had ended, and the visitor writes',
    log: [...overAt4, said(5, 'Again')],
    tags: 'chat_ended',
    standing: 'live',
  },
  {
    what: 'had ended, and an agent writes',
    log: [...overAt4, said(5, 'By the way', bo)],
    tags: 'chat_ended',
    standing: 'away',
  },
  {
    what: 'had ended, and a note is written',
    log: [...overAt4, said(5, 'Hm', bo, true)],
    tags: 'chat_ended',
    standing: undefined,
  },
  {
    what: 'was left, and the visitor is back',
    log: [...chatted, said(4, 'Here I am')],
    tags: 'chat_away',
    standing: 'live',
  },
  { what: 'is opened again', log: [...overAt4, reopened(5, bo)], tags: 'chat_ended', standing: 'live' },
])('says by its tag how a chat stands that $what', async ({ log, tags, standing }) => {
  const call = await updateFor(log, log.slice(-1), { remote: { tags } })
  expect(Object(call?.body).standing).toBe(standing)
})

it('tells the visitor who has left what they missed in one public comment, as it is now and without notes', async () => {
  const log = [
    started(),
    said(2, 'Hi'),
    said(3, 'Seen', bo),
    said(4, 'Missed', bo),
    said(5, 'Secret', bo, true),
    said(6, 'Also', bo),
    edited(7, said(6, ''), 'Also this'),
    { ...said(8, 'From the ticket', bo), origin: 'zendesk' },
    toBeMailed(9, { after: 3, upTo: 6 }),
    said(10, 'Later', bo),
  ]
  expect([await updateFor(log, log.slice(3)), await updateFor(log, log.slice(8))]).toMatchObject([
    { from: 4, to: 8, body: { public: false } },
    {
      from: 9,
      to: 9,
      part: 1,
      parts: 1,
      body: {
        kind: 'comment',
        public: true,
        text: 'Bo · 2026-01-02 12:00:04 UTC\nMissed\n\nBo · 2026-01-02 12:00:06 UTC\nAlso this',
      },
    },
  ])
})

it('brings nothing of an email that our own server has sent, and keeps the transcript among the team then', async () => {
  const log = [started(), said(2, 'Hi'), toBeMailed(3), said(4, 'Answer', bo), closed(5)]
  expect([
    await updateFor(log, log.slice(2, 3)),
    await updateFor(log, log.slice(4), { mailsInPublic: false }),
  ]).toMatchObject([null, { from: 5, body: { public: false, status: 'solved' } }])
})

const chat = [started(), said(2, 'Hi'), said(3, 'Hello', bo), said(4, 'Secret', bo, true), closed(5, 'agent')]
const withContent = (zendesk: {
  comments?: 'private' | 'public' | 'off'
  transcript?: 'public' | 'private' | 'off'
}) => ({
  inbox: { zendesk },
})

it('brings what is said in public where the inbox wants that, and notes apart from it', async () => {
  const planned = withContent({ comments: 'public', transcript: 'off' })
  const calls = [1, 3, 4].map((from) => updateFor(chat, chat.slice(from), planned))
  const end = { text: 'The chat was closed.', public: false, status: 'solved', standing: 'ended' }
  expect(await Promise.all(calls)).toMatchObject([
    { from: 2, to: 3, body: { public: true } },
    { from: 4, to: 4, body: { public: false } },
    { from: 5, to: 5, body: end },
  ])
})

it('brings nothing in public where our own server mails', async () => {
  const planned = { ...withContent({ comments: 'public', transcript: 'private' }), mailsInPublic: false }
  const calls = await Promise.all([1, 4].map((from) => updateFor(chat, chat.slice(from), planned)))
  expect(calls).toMatchObject([{ body: { public: false } }, { body: { public: false } }])
})

it('brings the transcript alone where the inbox wants no comments, and says when the chat goes on after it', async () => {
  const log = [...chat, said(6, 'Again'), said(7, 'And again')]
  const planned = withContent({ comments: 'off' })
  const tags = (of: string) => ({ ...planned, remote: { tags: of } })
  const goesOn = { text: 'The chat goes on.', status: 'open', standing: 'live', public: false }
  expect([
    await updateFor(log, log.slice(1), tags('chat')),
    await updateFor(log, log.slice(5), tags('chat_ended')),
    await updateFor(log, log.slice(6), tags('chat')),
  ]).toMatchObject([{ from: 5, to: 5, body: { public: true } }, { from: 6, to: 7, body: goesOn }, null])
})

it('keeps the transcript among the team where the inbox wants that', async () => {
  expect(await updateFor(chat, chat.slice(4), withContent({ transcript: 'private' }))).toMatchObject({
    body: { public: false, status: 'solved' },
  })
})
