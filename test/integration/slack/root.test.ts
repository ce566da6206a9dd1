import nock from 'nock'
import { afterEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { fixture } from '../../../sandbox/fixtures/load.ts'
import type { ChatNow } from '../../../src/bridge/port/asked.ts'
import type { LinkView } from '../../../src/bridge/port/call.ts'
import { Change, Post } from '../../../src/connectors/slack/posts/body.ts'
import type { LogEvent, Visitor } from '../../../src/contract/event.ts'
import { VisitorId } from '../../../src/contract/ids.ts'
import {
  aConnector,
  agent,
  aLink,
  aMessage,
  anEvent,
  aReply,
  channel,
  identity,
  opened,
  posted,
  readOf,
  refused,
  rootTs,
  session,
  slackAnswers,
  started,
} from './arrange.ts'

const Body = z.union([Change, Post])

afterEach(() => nock.cleanAll())

const visitor: Visitor = { id: VisitorId.parse(`vis_${'1'.repeat(24)}`), name: 'Ana', page: 'https://shop.example/' }
const waiting: ChatNow = {
  inbox: 'default',
  ...{ status: 'queued', visitor, assignee: null, answeredBy: [], rating: null, earlierChats: 2, ticket: null },
  waitingSince: new Date('2023-11-14T22:13:20Z'),
}
const withGrace: ChatNow = {
  ...waiting,
  status: 'active',
  assignee: 'Grace',
  answeredBy: ['Grace'],
  waitingSince: null,
}

async function next(now: ChatNow, events: readonly LogEvent[], link: Partial<LinkView> = {}) {
  const { connector } = aConnector({ now })
  const call = await connector.next(aLink({ cursor: 1, ...link }), events, readOf([started, ...events]), async () => [])
  return call && { ...call, body: Body.parse(call.body) }
}
const assigned = anEvent('assigned', 3, { agent: { id: agent.id, name: 'Grace' }, reason: 'taken' }, { actor: agent })
const remote = { remote: {} }
const hello = aMessage(2, 'Hello')

const head = (name: string, state: string) => [`*Chat with ${name}*`, state]
const rest = [
  'Page: https://shop.example/',
  'Inbox: default',
  'Earlier chats: 2',
  `Chat: <https://desk.example/console/chats/${session}|${session}>`,
]
const since = ':hourglass: *Waiting* since <!date^1700000000^{date_short_pretty} {time}|2023-11-14T22:13Z>'
const button = (action: string, label: string) => ({
  ...{ type: 'button', action_id: action, value: session },
  text: { type: 'plain_text', text: label },
})
const labels = (body: Change | Post | undefined) =>
  (body?.blocks?.[1]?.elements as { text: { text: string } }[] | undefined)?.map(({ text }) => text.text)

describe('the root', () => {
  it('says who it is, where and since when they wait, with buttons for what can be done', async () => {
    const call = await next(waiting, [hello], remote)
    const text = [...head('Ana', since), ...rest].join('\n')
    const elements = [
      button('chat_take', 'Take'),
      button('chat_assign', 'Assign…'),
      button('chat_canned', 'Canned response…'),
      button('chat_note', 'Note…'),
      button('chat_ticket', 'Ticket'),
      button('chat_close', 'Close'),
    ]
    const blocks = [
      { type: 'section', text: { type: 'mrkdwn', text } },
      { type: 'actions', elements },
    ]
    expect(call?.body).toEqual({ kind: 'post', channel, session, text, blocks, says: expect.any(String) })
  })

  it('is changed in place as soon as it has to say something else', async () => {
    const says = (await next(waiting, [hello], remote))?.body.says
    const call = await next(withGrace, [assigned], { cursor: 2, remote: { ...opened, says } })
    const text = [...head('Ana', ':speech_balloon: *With Grace*'), ...rest].join('\n')
    expect(call).toMatchObject({
      from: 3,
      to: 2,
      body: { kind: 'change', ts: rootTs, text },
      budgets: [{ key: 'slack:changes' }],
    })
  })

  it('is left alone while it says so already, and what happened is told below it', async () => {
    const says = (await next(withGrace, [hello], remote))?.body.says
    const call = await next(withGrace, [assigned], { cursor: 2, remote: { ...opened, says } })
    expect(call).toMatchObject({ from: 3, to: 3, body: { kind: 'post', text: '_Grace took the chat._' } })
  })

  it.each<[string, ChatNow, string, string[]]>([
    [
      'closed',
      { ...withGrace, status: 'closed', assignee: null, rating: 4 },
      ':white_check_mark: *Closed*\nRated: 4 of 5',
      ['Reopen'],
    ],
    [
      'somebody’s',
      withGrace,
      ':speech_balloon: *With Grace*',
      ['Give back', 'Assign…', 'Canned response…', 'Note…', 'Ticket', 'Close'],
    ],
    [
      'in a ticket',
      { ...waiting, ticket: { id: '7', url: 'https://a.example/agent/tickets/7' } },
      'Ticket: <https://a.example/agent/tickets/7|#7>',
      ['Take', 'Assign…', 'Canned response…', 'Note…', 'Close'],
    ],
  ])('of a chat that is %s says so', async (_, now, line, buttons) => {
    const call = await next(now, [hello], remote)
    expect([call?.body.text, labels(call?.body)]).toEqual([expect.stringContaining(line), buttons])
  })

  it('stays within what Slack takes', async () => {
    const longest = '&'.repeat(2_000)
    const call = await next({ ...waiting, visitor: { ...visitor, page: longest, referrer: longest } }, [hello], remote)
    expect((call?.body.text.length ?? 0) <= 3_000).toBe(true)
  })
})

it('tells below it how the chat was rated', async () => {
  const event = anEvent('rated', 3, { resolution: 'r1', score: 4, comment: 'Fast <3' })
  const call = await aConnector().connector.next(aLink({ cursor: 2 }), [event], readOf([event]), async () => [])
  expect(Body.parse(call?.body).text).toBe('_Ana rated the chat 4 of 5: Fast &lt;3._')
})

const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'Chat' } }]
const change = aReply({
  ...{ from: 3, to: 2 },
  body: { kind: 'change', channel, session, thread_ts: rootTs, ts: rootTs, text: 'Chat', blocks, says: 'abc' },
})

it('remembers what the root says', async () => {
  const asked = slackAnswers(['auth.test', identity()], ['chat.update', fixture('slack/chat.update').body])
  const receipt = await aConnector().connector.perform(change, aLink())
  expect([receipt, asked.at(-1)?.args]).toEqual([
    { remote: { ...opened, says: 'abc' }, remoteIds: [] },
    { channel, ts: rootTs, text: 'Chat', blocks: JSON.stringify(blocks) },
  ])
})

it.each(['invalid_blocks', 'msg_blocks_too_long'])(
  'goes without blocks where Slack does not take them: %s',
  async (code) => {
    const asked = slackAnswers(
      ['auth.test', identity()],
      ['chat.update', refused(code)],
      ['chat.update', fixture('slack/chat.update').body],
      ['chat.postMessage', refused(code)],
      ['chat.postMessage', posted(rootTs)],
    )
    const { connector } = aConnector()
    await connector.perform(change, aLink())
    await connector.perform(aReply({ body: { channel, session, text: 'Chat', blocks } }), aLink({ remote: {} }))
    expect([asked.at(2)?.args.blocks, asked.at(4)?.args.blocks]).toEqual(['[]', undefined])
  },
)
