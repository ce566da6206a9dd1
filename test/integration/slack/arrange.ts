import { createHmac } from 'node:crypto'
import { Hono } from 'hono'
import nock from 'nock'
import type { z } from 'zod'
import { documented, fixture } from '../../../sandbox/fixtures/load.ts'
import type { InboxItem } from '../../../src/bridge/port/arrival.ts'
import type { ChatNow, InboxSettings } from '../../../src/bridge/port/asked.ts'
import type { FrozenCall, LinkView, ReadLog } from '../../../src/bridge/port/call.ts'
import type { Desk } from '../../../src/bridge/port/desk.ts'
import { createSlackApi } from '../../../src/connectors/slack/api.ts'
import { createSlackConnector } from '../../../src/connectors/slack/connector.ts'
import { openSlack } from '../../../src/connectors/slack/open.ts'
import { LogEvent } from '../../../src/contract/event.ts'
import { SessionId } from '../../../src/contract/ids.ts'
import { Inbox } from '../../../src/contract/inbox.ts'
import type { SlackSettings } from '../../../src/contract/slack-settings.ts'
import { onError } from '../../../src/platform/http/errors.ts'
import { createLogger } from '../../../src/platform/log-output.ts'

export const channel = 'C0SUPPORT01'
export const rootTs = '1700000000.000100'
export const session = SessionId.parse('ses_000000000000000000000001')
export const marker = 'marker-1'
export const now = 1_700_000_100_000
const signingSecret = 'signing-secret'
const pace = { limit: 60, windowMs: 60_000, burst: 3 }
const logger = createLogger('silent')

/** The configured token's workspace is the only one. */
export const noneStored = { list: async () => [], tokenOf: () => null, gone: async () => false }

/** A connector that calls `apiUrl`, with its receiver mounted; `accepted` is what it stored. */
export function aConnector(
  options: {
    apiUrl?: string
    timeoutMs?: number
    storeFails?: boolean
    channels?: Record<string, z.input<typeof SlackSettings>>
    now?: ChatNow
    bytes?: Uint8Array
  } = {},
) {
  const { apiUrl = 'https://slack.example/api/', timeoutMs = 5_000 } = options
  const config = { botToken: 'xoxb-1', signingSecret, apiUrl, channel, posts: pace, reads: pace }
  const api = createSlackApi({ token: config.botToken, apiUrl, timeoutMs })
  const { connector, mount } = createSlackConnector({
    config,
    ...openSlack(config, {
      times: { callTimeout: timeoutMs, retryFirst: 1_000 },
      store: noneStored,
      files: { of: async () => options.bytes ?? null },
      now: () => now,
      logger,
    }),
    inboxes: settingsOf(options.channels ?? {}),
    ...nobodyActs,
    linkTo: ({ id }) => `https://files.example/${id}?exp=1&sig=s`,
    pictureAt: (id) => `https://desk.example/api/chat/pictures/${id}`,
    facts: { of: async () => options.now ?? null },
    consoleUrl: 'https://desk.example/console/chats',
    tickets: true,
    now: () => now,
    logger,
  })
  const accepted: InboxItem[] = []
  const app = new Hono()
  app.onError(onError(logger))
  mount(app, {
    async accept(_destination, items) {
      if (options.storeFails) throw new Error('the store is down')
      accepted.push(...items)
    },
  })
  return { connector, api, app, accepted }
}

/** Nobody has an account, and no thread is of a chat. */
const nobodyActs = {
  desk: { agentWith: async () => null, typing: async () => [] } as never as Desk,
  threads: { sessionOf: async () => null, threadOf: async () => null },
  newKey: () => 'key-1',
}

/** `channels`: what inboxes want of Slack, by their keys. */
function settingsOf(channels: Record<string, z.input<typeof SlackSettings>>): InboxSettings {
  const all = Object.entries(channels).map(([key, slack]) =>
    Inbox.parse({ key, name: key, allowedOrigins: ['*'], slack }),
  )
  return { find: async (key) => all.find((inbox) => inbox.key === key) ?? null, list: async () => all }
}

/** Slack's answers, in their order; `asked` collects each method with its arguments. */
export function slackAnswers(...answers: readonly [method: string, body: object, headers?: Record<string, string>][]) {
  const asked: { method: string; args: Record<string, string> }[] = []
  for (const [method, body, headers] of answers) {
    nock('https://slack.example')
      .post(`/api/${method}`)
      .reply((_uri, sent) => {
        asked.push({ method, args: Object.fromEntries(new URLSearchParams(String(sent))) })
        return [200, body, { 'content-type': 'application/json', ...headers }]
      })
  }
  nock('https://slack.example').persist().post('/api/conversations.info').reply(200, channelInfo())
  return asked
}

/** Of a channel that is nobody else's unless `is` says so. */
export const channelInfo = (is: Record<string, boolean> = {}) => {
  const { body } = fixture('slack/conversations.info')
  return { ...body, channel: { ...(body.channel as object), ...is } }
}

export const identity = (botId?: string) => ({ ...fixture('slack/auth.test').body, ...(botId && { bot_id: botId }) })
export const posted = (ts: string) => documented('slack/chat.postMessage', { channel, ts })
export const refused = (error: string, more: object = {}) => ({ ...documented('slack/error', { error }), ...more })
/** The last page unless there is a `next`. */
export const page = (messages: readonly object[], next = '') =>
  documented('slack/conversations.replies', {
    messages,
    has_more: next !== '',
    response_metadata: { next_cursor: next },
  })
export const user = (values: Record<string, unknown> = {}) => {
  const { body } = fixture('slack/users.info')
  return { ...body, user: { ...(body.user as object), team_id: 'T12345678', ...values } }
}

export const ownReply = (ts: string, of = marker) => ({
  ...fixture('slack/event.message.bot').body,
  ts,
  thread_ts: rootTs,
  metadata: { event_type: 'deskbridge_call', event_payload: { marker: of, session } },
})

export const opened = { thread: `${channel}:${rootTs}`, channel, ts: rootTs }
export const aLink = (values: Partial<LinkView> = {}): LinkView => ({
  session,
  remote: opened,
  cursor: 0,
  partsDone: 0,
  ...values,
})

export const aReply = (values: Partial<FrozenCall> = {}): FrozenCall => ({
  ...{ from: 2, to: 2, part: 1, parts: 1, lane: 'urgent', budgets: [], marker, startedAt: now },
  body: { channel, session, thread_ts: rootTs, text: 'Hello', author: { name: 'Ana', icon: ':bust_in_silhouette:' } },
  ...values,
})
export const aRoot = (): FrozenCall =>
  aReply({ from: 2, to: 1, body: { channel, session, text: 'Ana started a chat' } })

type Values = Record<string, unknown>
export function anEvent(type: LogEvent['type'], seq: number, body: Values = {}, envelope: Values = {}): LogEvent {
  const actor = { kind: 'visitor', id: 'vis_000000000000000000000001', name: 'Ana' }
  const id = `evt_${String(seq).padStart(24, '0')}`
  const at = new Date(now)
  return LogEvent.parse({
    _id: id,
    session,
    seq,
    key: `c:${seq}`,
    type,
    version: 1,
    at,
    actor,
    origin: 'deskbridge',
    body,
    ...envelope,
  })
}
export const aMessage = (seq: number, content: string, more: { internal?: boolean; actor?: Values } = {}): LogEvent =>
  anEvent(
    'message',
    seq,
    { messageType: 'text', content, internal: more.internal ?? false },
    more.actor ? { actor: more.actor } : {},
  )
export const agent = { kind: 'agent', id: 'agt_000000000000000000000001', name: 'Grace' }
export const started = anEvent('session_started', 1, {
  epoch: 'epoch0001',
  inbox: 'default',
  channel: 'web',
  visitor: {
    id: 'vis_000000000000000000000001',
    name: 'Ana <!channel>',
    email: 'ana@example.com',
    page: 'https://shop.example/cart?a=1&b=2',
  },
})

export const signature = (body: string, timestamp: number): Record<string, string> => ({
  'content-type': 'application/json',
  'x-slack-request-timestamp': String(timestamp),
  'x-slack-signature': `v0=${createHmac('sha256', signingSecret).update(`v0:${timestamp}:${body}`).digest('hex')}`,
})

/** Pushes as Slack does; `skewS`: how far its clock is off. */
export async function push(app: Hono, body: unknown, skewS = 0): Promise<{ status: number; body: unknown }> {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const headers = signature(text, now / 1_000 + skewS)
  const answer = await app.request('/connectors/slack/events', { method: 'POST', body: text, headers })
  const said = await answer.text()
  return { status: answer.status, body: said === '' ? null : JSON.parse(said) }
}

export const pushed = (event: object) => {
  const whole = fixture('slack/event.message.thread').body
  return { ...whole, event: { ...(whole.event as object), channel, ...event } }
}

/** Reads as the log does. */
export const readOf =
  (log: readonly LogEvent[]): ReadLog =>
  async (after, limit) =>
    log.filter(({ seq }) => seq > after && seq <= after + limit)
