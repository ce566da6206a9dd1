import nock from 'nock'
import { afterEach, expect, it } from 'vitest'
import { documented } from '../../../sandbox/fixtures/load.ts'
import { aConnector, channel, identity, opened, ownReply, push, pushed, rootTs, slackAnswers, user } from './arrange.ts'

afterEach(() => nock.cleanAll())

const ts = '1700000060.000200'
const at = '1700000070.000000'
const before = { ts, thread_ts: rootTs, user: 'U123ABC456', text: 'Hello' }
const after = { ...before, text: 'Hello, world!', edited: { user: 'U123ABC456', ts: at } }

const changed = (message: object, previous: object = before) =>
  pushed(documented('slack/event.message.changed', { channel, message, previous_message: previous }))
const deleted = (previous: object | undefined) =>
  pushed(documented('slack/event.message.deleted', { channel, deleted_ts: ts, previous_message: previous }))

/** What is stored of a push. */
async function stored(event: object) {
  const { app, accepted } = aConnector()
  const { status } = await push(app, event)
  return { status, accepted }
}

const about = { of: `${channel}:${ts}`, thread: opened.thread }
const edit = {
  ...{ ...about, id: `${channel}:${ts}:edit:${at}`, order: `00${ts}:edit:00${at}` },
  raw: { change: 'edit', message: after },
}
const deletion = {
  ...{ ...about, id: `${channel}:${ts}:delete`, order: `00${ts}:gone` },
  raw: { change: 'delete', message: before },
}

it('stores an edit and a deletion as arrivals of their own, behind the message', async () => {
  expect([await stored(changed(after)), await stored(deleted(before))]).toEqual([
    { status: 200, accepted: [edit] },
    { status: 200, accepted: [deletion] },
  ])
})

it.each([
  ['a link that Slack unfolds', changed({ ...after, text: before.text })],
  ['what was changed by nobody', changed({ ...after, edited: undefined })],
  ['what somebody else changed', changed({ ...after, edited: { user: 'U0OTHER', ts: at } })],
  ['a post of ours', changed({ ...ownReply(ts), edited: { user: 'B0OURS', ts: at } })],
  ['a post of ours that is gone', deleted(ownReply(ts))],
  ['a root', changed({ ...after, thread_ts: ts })],
  ['what is in no thread', changed({ ...after, thread_ts: undefined })],
  ['what is gone and was nobody says what', deleted(undefined)],
])('stores nothing of %s', async (_what, event) => {
  expect(await stored(event)).toEqual({ status: 200, accepted: [] })
})

it('stores no change in a channel that is not ours', async () => {
  const event = { ...changed(after).event, channel: 'C0ELSE' }
  expect(await stored({ ...changed(after), event })).toEqual({ status: 200, accepted: [] })
})

it('understands an edit by what it says now, and a deletion without asking who', async () => {
  slackAnswers(['auth.test', identity('B0OURS')], ['users.info', user()])
  const { connector } = aConnector()
  const of = `slack:${channel}:${ts}`
  const author = { id: 'U123ABC456', name: 'spengler' }
  expect([await connector.understand(edit), await connector.understand(deletion)]).toEqual([
    { kind: 'edit', of, key: `slack:${edit.id}`, author, text: 'Hello, world!' },
    { kind: 'delete', of },
  ])
})

it('is not misled by a change of our own', async () => {
  slackAnswers(['auth.test', identity('B0OURS')])
  const raw = { change: 'edit', message: { ...after, bot_id: 'B0OURS' } }
  expect(await aConnector().connector.understand({ ...edit, raw })).toEqual({ kind: 'pass', reason: 'changed by us' })
})
