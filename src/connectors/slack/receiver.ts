import { App, LogLevel, type Receiver, verifySlackRequest } from '@slack/bolt'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Arrivals, InboxItem } from '../../bridge/port.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { parseJson } from '../../platform/http/body.ts'
import type { Logger } from '../../platform/log-output.ts'
import { SlackMessage } from './api.ts'

/** The events that are listened for, which is what the manifest subscribes to. */
export const subscribedEvents = ['message.channels', 'message.groups'] as const

/** Slack refuses what is older than this; neither do we take what is from the future. */
const clockToleranceMs = 5 * 60_000

const ChannelMessage = SlackMessage.extend({ channel: z.string(), type: z.literal('message') })
const Envelope = z.object({ type: z.string(), challenge: z.string().optional(), team_id: z.string().optional() })

/** What is kept of a message until it is understood. */
export const RawMessage = z.object({ team: z.string(), channel: z.string(), message: SlackMessage })
export type RawMessage = z.infer<typeof RawMessage>

/** Replies of people and our own posts; everything else of a channel is not for a customer. */
const carried = new Set([undefined, 'file_share', 'thread_broadcast', 'bot_message'])

export function itemOf(team: string, channel: string, message: SlackMessage): InboxItem | null {
  const { ts, thread_ts: threadTs, subtype } = message
  if (threadTs === undefined || threadTs === ts || !carried.has(subtype)) return null
  return {
    id: `${channel}:${ts}`,
    thread: `${channel}:${threadTs}`,
    order: orderOf(ts),
    raw: { team, channel, message } satisfies RawMessage,
  }
}

/** Timestamps sort as text once their seconds have one length. */
export const orderOf = (ts: string): string => {
  const [seconds = '', fraction = ''] = ts.split('.')
  return `${seconds.padStart(12, '0')}.${fraction.padEnd(6, '0')}`
}

export interface ReceiverOptions {
  signingSecret: string
  botToken: string
  apiUrl: string
  channel: string
  arrivals: Arrivals
  now(): number
  logger: Logger
}

/** `/connectors/slack`: Bolt behind a receiver of our own, which answers only once the event is stored. */
export function slackRoutes(options: ReceiverOptions): Hono {
  const app = createBolt(options)
  const routes = new Hono()

  const receive = async (c: Context, parse: (body: string) => unknown) => {
    const body = await c.req.text()
    verify(c, body, options)
    const payload = parse(body)
    if (typeof payload !== 'object' || payload === null) throw new DeskbridgeError('invalid_input')
    const envelope = Envelope.safeParse(payload)
    if (envelope.data?.type === 'url_verification') return c.json({ challenge: envelope.data.challenge ?? '' })
    await app.processEvent({
      body: { ...payload },
      ack: async () => {},
      retryNum: Number(c.req.header('x-slack-retry-num') ?? 0),
      retryReason: c.req.header('x-slack-retry-reason') ?? '',
    })
    return c.body(null, 200)
  }

  routes.post('/events', (c) => receive(c, parseJson))
  routes.post('/interactivity', (c) => receive(c, (body) => parseJson(new URLSearchParams(body).get('payload') ?? '')))
  routes.post('/commands', (c) => receive(c, (body) => Object.fromEntries(new URLSearchParams(body))))
  return routes
}

function verify(c: Context, body: string, options: ReceiverOptions): void {
  const timestamp = Number(c.req.header('x-slack-request-timestamp'))
  const signature = c.req.header('x-slack-signature')
  const now = options.now()
  const isTimely = Number.isFinite(timestamp) && Math.abs(now - timestamp * 1_000) <= clockToleranceMs
  if (!signature || !isTimely) throw new DeskbridgeError('wrong_signature')
  try {
    const headers = { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp }
    verifySlackRequest({ signingSecret: options.signingSecret, body, headers, nowMilliseconds: now })
  } catch (cause) {
    throw new DeskbridgeError('wrong_signature', { cause })
  }
}

/** No token is asked after at the start, and our own posts are not hidden: they tell which call arrived. */
function createBolt({ botToken, apiUrl, channel, arrivals, logger }: ReceiverOptions): App {
  const receiver: Receiver = { init: () => {}, start: async () => {}, stop: async () => {} }
  const app = new App({
    receiver,
    authorize: async () => ({ botToken }),
    ignoreSelf: false,
    clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 } },
    logger: boltLogger(logger),
  })
  app.event('message', async ({ event, body }) => {
    const message = ChannelMessage.safeParse(event)
    if (!message.success || message.data.channel !== channel) return
    const item = itemOf(body.team_id, channel, message.data)
    if (item) await arrivals.accept('slack', [item])
  })
  // A failed store must reach Slack as a failure, so that it sends the event again.
  app.error(async (error) => {
    throw error
  })
  return app
}

/** Bolt's lines in our log. */
function boltLogger(logger: Logger) {
  const say =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (...parts: unknown[]) =>
      logger[level](parts.map(String).join(' '))
  return {
    debug: say('debug'),
    info: say('info'),
    warn: say('warn'),
    error: say('error'),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  }
}
