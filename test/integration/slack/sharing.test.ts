import nock from 'nock'
import { afterEach, describe, expect, it } from 'vitest'
import type { ChatNow } from '../../../src/bridge/port/asked.ts'
import { RemoteFailure } from '../../../src/bridge/port/failure.ts'
import { VisitorId } from '../../../src/contract/ids.ts'
import {
  aConnector,
  aLink,
  aReply,
  channel,
  channelInfo,
  identity,
  opened,
  posted,
  push,
  pushed,
  refused,
  rootTs,
  slackAnswers,
  user,
} from './arrange.ts'

afterEach(() => nock.cleanAll())

const chat: ChatNow = {
  ...{ inbox: 'shop', status: 'queued', assignee: null, answeredBy: [], rating: null, earlierChats: 0, ticket: null },
  visitor: { id: VisitorId.parse(`vis_${'1'.repeat(24)}`), name: 'Ana' },
  waitingSince: null,
}
const shared = channelInfo({ is_ext_shared: true })
const ts = '1700000050.000001'
type Connector = ReturnType<typeof aConnector>['connector']

/** What came of a reply. */
const outcomeOf = (connector: Connector) =>
  connector.perform(aReply(), aLink()).then(
    () => 'posted',
    (error: unknown) => (error instanceof RemoteFailure ? { ...error.failure, code: error.code } : error),
  )

const answers = (...infos: readonly object[]) =>
  slackAnswers(
    ...infos.map((info) => ['conversations.info', info] as [string, object]),
    ['auth.test', identity()],
    ['chat.postMessage', posted(ts)],
    ['chat.postMessage', posted(ts)],
  )

const paused = { kind: 'halted', scope: 'link', code: 'channel_shared' }

describe('a post into a channel', () => {
  it.each<[string, object, unknown]>([
    ['waits while the channel is shared', shared, paused],
    ['waits while another organisation is invited', channelInfo({ is_pending_ext_shared: true }), paused],
    [
      'is made where only other workspaces of ours read',
      channelInfo({ is_shared: true, is_org_shared: true }),
      'posted',
    ],
    ['is made where Slack does not let us look', refused('missing_scope', { needed: 'channels:read' }), 'posted'],
    ['is tried again where the look failed', refused('internal_error'), { kind: 'transient' }],
    ['stops with the channel', refused('channel_not_found'), { kind: 'halted', code: 'channel_not_found' }],
  ])('%s', async (_, info, outcome) => {
    answers(info)
    expect(await outcomeOf(aConnector().connector)).toEqual(outcome)
  })

  it.each([
    [true, 'posted'],
    [false, paused],
  ])('follows its inbox: allowShared %s', async (allowShared, outcome) => {
    answers(shared)
    const { connector } = aConnector({ channels: { shop: { allowShared } }, now: chat })
    expect(await outcomeOf(connector)).toEqual(outcome)
  })

  it('asks Slack once', async () => {
    const asked = answers(channelInfo(), shared)
    const { connector } = aConnector()
    const outcomes = [await outcomeOf(connector), await outcomeOf(connector)]
    expect({ outcomes, looks: asked.filter(({ method }) => method === 'conversations.info').length }).toEqual({
      outcomes: ['posted', 'posted'],
      looks: 1,
    })
  })

  it.each([
    ['channel_shared', channelInfo(), shared, ['posted', paused]],
    ['channel_unshared', shared, channelInfo(), [paused, 'posted']],
  ])('looks anew after %s', async (type, before, after, outcomes) => {
    answers(before, after)
    const { connector, app } = aConnector()
    const first = await outcomeOf(connector)
    await push(app, pushed({ type, channel }))
    expect([first, await outcomeOf(connector)]).toEqual(outcomes)
  })
})

describe('somebody of another organisation', () => {
  const understood = (settings: { allowOutsiders?: boolean }) => {
    const known = { profile: { real_name: 'Eve', email: 'grace@example.com' }, is_email_confirmed: true }
    slackAnswers(['users.info', user({ team_id: 'T0OTHER', ...known })], ['auth.test', identity()])
    const raw = { ts, thread_ts: rootTs, user: 'U1', text: 'Hello' }
    const item = { id: `${channel}:${ts}`, thread: opened.thread, order: ts, raw }
    return aConnector({ channels: { shop: settings } }).connector.understand(item, 'shop')
  }

  it('answers customers where the inbox lets them, and is nobody of the team whatever their email', async () => {
    expect(await understood({ allowOutsiders: true })).toEqual({
      ...{ kind: 'message', key: `slack:${channel}:${ts}`, text: 'Hello' },
      author: { id: 'U1', name: 'Eve' },
    })
  })

  it('is not heard otherwise', async () => {
    expect(await understood({})).toMatchObject({ kind: 'pass', unheard: 'another organisation' })
  })
})
