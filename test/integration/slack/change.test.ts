import nock from 'nock'
import { afterEach, describe, expect, it } from 'vitest'
import { fixture } from '../../../sandbox/fixtures/load.ts'
import type { Brought, FrozenCall, LinkView } from '../../../src/bridge/port/call.ts'
import { Body } from '../../../src/connectors/slack/posts/body.ts'
import type { LogEvent } from '../../../src/contract/event.ts'
import {
  aConnector,
  agent,
  aLink,
  aMessage,
  anEvent,
  aReply,
  channel,
  identity,
  marker,
  opened,
  ownReply,
  page,
  posted,
  readOf,
  refused,
  rootTs,
  session,
  slackAnswers,
  started,
} from './arrange.ts'

afterEach(() => nock.cleanAll())

const ts = '1700000050.000001'
const furtherTs = '1700000051.000001'
const target = (of: LogEvent) => ({ message: of._id, messageSeq: of.seq, internal: false })
const edit = (seq: number, of: LogEvent, content: string) =>
  anEvent('message_edited', seq, { ...target(of), content }, { actor: of.actor })
const deletion = (seq: number, of: LogEvent) => anEvent('message_deleted', seq, target(of), { actor: of.actor })
const post = (from: number, to: number, more: Partial<Brought> = {}): Brought => ({
  ...{ remoteId: `${channel}:${ts}`, marker, from, to, part: 1, asOf: to, at: 1 },
  ...more,
})

/** What is called next for a log of which `cursor` is the last that was brought, in these posts. */
async function next(log: readonly LogEvent[], brought: readonly Brought[], link: Partial<LinkView> = {}) {
  const view = aLink({ cursor: log.length, ...link })
  const events = log.filter(({ seq, origin }) => seq > view.cursor && origin !== 'slack')
  const between = async (from: number, to: number) => brought.filter((one) => one.from <= to && one.to >= from)
  const call = await aConnector().connector.next(view, events, readOf([started, ...log]), between)
  if (!call) return null
  const { from, to, part, parts } = call
  return { range: [from, to], part: [part, parts], body: Body.parse(call.body) }
}

const reply = { channel, session, thread_ts: rootTs, author: { name: 'Ana', icon: ':bust_in_silhouette:' } }
const changed = (text: string, otherwise: string, carries = [2, 2]) => ({
  ...{ kind: 'change', ...reply, ts, text, otherwise },
  carries: { marker, from: carries[0], to: carries[1] },
})
const long = 'x'.repeat(3_999)
const [first, second, third] = [aMessage(2, 'one'), aMessage(3, 'two'), aMessage(4, 'three', { actor: agent })]

describe('what becomes of a message', () => {
  it('is said in its post: an edit', async () => {
    const call = await next([first, edit(3, first, 'uno')], [post(2, 2)], { cursor: 2 })
    const body = changed('uno _(edited)_', '_Edited:_ uno _(edited)_')
    expect(call).toEqual({ range: [3, 3], part: [1, 1], body })
  })

  it('is said in its post: a deletion', async () => {
    const call = await next([first, deletion(3, first)], [post(2, 2)], { cursor: 2 })
    const body = changed('_This message was deleted._', '_A message above was deleted._')
    expect(call).toEqual({ range: [3, 3], part: [1, 1], body })
  })

  it('leaves what else stands in the post as it is by then', async () => {
    const log = [first, second, third, edit(5, first, 'uno'), deletion(6, second)]
    const call = await next(log, [post(2, 3)], { cursor: 5 })
    const text = 'uno _(edited)_\n_This message was deleted._'
    expect(call).toMatchObject({ range: [6, 6], body: { kind: 'change', ts, text, carries: { from: 2, to: 3 } } })
  })

  it('is waited for by what was said since', async () => {
    const log = [first, second, edit(4, first, 'uno'), aMessage(5, 'more')]
    expect(await next(log, [post(2, 2)], { cursor: 2 })).toMatchObject({ range: [3, 3], body: { text: 'two' } })
  })

  it('is said once, as it is at last', async () => {
    const log = [first, edit(3, first, 'uno'), edit(4, first, 'un')]
    const call = await next(log, [post(2, 2)], { cursor: 2 })
    expect(call).toMatchObject({ range: [4, 4], body: { text: 'un _(edited)_' } })
  })

  it('is brought with it when it was not brought yet, and not again after that', async () => {
    const log = [first, edit(3, first, 'uno'), third]
    const before = await next(log, [], { cursor: 1 })
    const after = await next(log, [post(2, 2, { asOf: 4 })], { cursor: 2 })
    expect([before, after]).toMatchObject([{ range: [2, 2], body: { text: 'uno' } }, { range: [4, 4] }])
  })

  it('keeps away what was deleted before it was brought', async () => {
    const log = [first, deletion(3, first), third]
    expect(await next(log, [], { cursor: 1 })).toMatchObject({ range: [4, 4], body: { text: 'three' } })
  })

  it('opens no thread for what was deleted', async () => {
    expect(await next([first, deletion(3, first)], [], { cursor: 1, remote: {} })).toBeNull()
  })

  it('is not told of what was erased', async () => {
    const gone = anEvent('message', 2, first.body, { erased: true })
    expect(await next([gone, edit(3, first, 'uno')], [post(2, 2)], { cursor: 2 })).toBeNull()
  })

  it('is told anew of a message that was written in the thread itself', async () => {
    const there = anEvent('message', 2, first.body, { origin: 'slack', actor: agent })
    const log = [there, edit(3, there, 'uno'), deletion(4, there)]
    expect(await next(log.slice(0, 2), [], { cursor: 2 })).toMatchObject({
      body: { kind: 'post', text: '_Edited:_ uno _(edited)_', author: { name: 'Grace' } },
    })
    expect(await next(log, [], { cursor: 3 })).toMatchObject({ body: { text: '_A message above was deleted._' } })
  })
})

describe('a message in several posts', () => {
  const parts = [post(2, 2), post(2, 2, { part: 2, remoteId: `${channel}:${furtherTs}`, marker: 'marker-2' })]
  const whole = aMessage(2, `${long} ${long}`)

  it('that needs fewer says in the others where it stands', async () => {
    const log = [whole, edit(3, whole, 'short')]
    const calls = [await next(log, parts, { cursor: 2 }), await next(log, parts, { cursor: 2, partsDone: 1 })]
    const { otherwise: _, ...rest } = changed('_(see above)_', '')
    expect(calls).toEqual([
      { range: [3, 3], part: [1, 2], body: changed('short _(edited)_', '_Edited:_ short _(edited)_') },
      {
        range: [3, 3],
        part: [2, 2],
        body: { ...rest, ts: furtherTs, carries: { marker: 'marker-2', from: 2, to: 2 } },
      },
    ])
  })

  it('that needs more goes on in further posts', async () => {
    const log = [whole, edit(3, whole, `${long} ${long} more`)]
    const call = await next(log, parts, { cursor: 2, partsDone: 2 })
    expect(call).toEqual({ range: [3, 3], part: [3, 3], body: { kind: 'post', ...reply, text: 'more _(edited)_' } })
  })

  it('is changed in those as well that an earlier change has added', async () => {
    const log = [first, edit(3, first, `${long} ${long}`), edit(4, first, 'short')]
    const added = post(3, 3, { part: 2, remoteId: `${channel}:${furtherTs}` })
    const call = await next(log, [post(2, 2), added], { cursor: 3, partsDone: 1 })
    expect(call).toMatchObject({ part: [2, 2], body: { kind: 'change', ts: furtherTs, text: '_(see above)_' } })
  })

  it('goes on as it began when it is edited meanwhile', async () => {
    const log = [whole, edit(3, whole, 'short')]
    const begun = [post(2, 2, { asOf: 2 })]
    expect(await next(log, begun, { cursor: 1, partsDone: 1 })).toMatchObject({ part: [2, 2], body: { text: long } })
  })
})

const aChange = (): FrozenCall =>
  aReply({ from: 3, to: 3, body: changed('uno', '_Edited:_ uno'), marker: 'marker-change' })
const metadata = (of: string, from: number) =>
  JSON.stringify({ event_type: 'deskbridge_call', event_payload: { marker: of, from, to: from, session } })
const nothingMade = { remote: opened, remoteIds: [] }

describe('a change', () => {
  it('is made in place and leaves the post what it is found by', async () => {
    const asked = slackAnswers(['auth.test', identity()], ['chat.update', fixture('slack/chat.update').body])
    const receipt = await aConnector().connector.perform(aChange(), aLink())
    expect([receipt, asked.at(-1)]).toEqual([
      nothingMade,
      { method: 'chat.update', args: { channel, ts, text: 'uno', blocks: '[]', metadata: metadata(marker, 2) } },
    ])
  })

  it('keeps the name in the text where Slack shows none above it', async () => {
    const scopes = { 'x-oauth-scopes': 'chat:write' }
    const asked = slackAnswers(['auth.test', identity(), scopes], ['chat.update', fixture('slack/chat.update').body])
    await aConnector().connector.perform(aChange(), aLink())
    expect(asked.at(-1)?.args.text).toBe('*Ana*\nuno')
  })

  it.each(['message_not_found', 'edit_window_closed', 'cant_update_message'])(
    'that Slack does not let us make is said in a new post: %s',
    async (code) => {
      const asked = slackAnswers(
        ['auth.test', identity()],
        ['chat.update', refused(code)],
        ['chat.postMessage', posted(furtherTs)],
      )
      const receipt = await aConnector().connector.perform(aChange(), aLink())
      expect([receipt, asked.at(-1)?.args]).toMatchObject([
        { remote: opened, remoteIds: [`${channel}:${furtherTs}`] },
        { thread_ts: rootTs, text: '_Edited:_ uno', username: 'Ana' },
      ])
    },
  )

  it('of which there is nothing to say elsewhere is done when its post is gone', async () => {
    slackAnswers(['auth.test', identity()], ['chat.update', refused('message_not_found')])
    const { otherwise: _, ...body } = changed('_(see above)_', '')
    expect(await aConnector().connector.perform({ ...aChange(), body }, aLink())).toEqual(nothingMade)
  })

  it.each([
    ['no answer', 'fatal_error', { kind: 'ambiguous' }],
    ['an archived channel', 'is_archived', { kind: 'halted' }],
  ])('fails as a post does: %s', async (_, code, failure) => {
    slackAnswers(['auth.test', identity()], ['chat.update', refused(code)])
    await expect(aConnector().connector.perform(aChange(), aLink())).rejects.toMatchObject({ failure })
  })

  it('is found only where it was said in a new post', async () => {
    slackAnswers(['conversations.replies', page([ownReply(ts)])])
    const inPlace = await aConnector().connector.find(aChange(), aLink())
    slackAnswers(['conversations.replies', page([ownReply(furtherTs, 'marker-change')])])
    const anew = await aConnector().connector.find(aChange(), aLink())
    expect([inPlace, anew]).toEqual([null, { remote: opened, remoteIds: [`${channel}:${furtherTs}`] }])
  })

  it('that is blanked keeps no words', () => {
    const { author: _, otherwise: __, ...rest } = changed('', '')
    expect(aConnector().connector.blank(aChange().body)).toEqual(rest)
  })
})
