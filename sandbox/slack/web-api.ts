import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { documented, fixture } from '../fixtures/load.ts'
import type { createLimits, Window } from '../limits.ts'
import { bot, people, team } from './people.ts'
import type { Message, Workspace } from './workspace.ts'

export interface WebApiOptions {
  token: string
  isRevoked(): boolean
  channels: ReadonlySet<string>
  archived: ReadonlySet<string>
  workspace: Workspace
  limits: ReturnType<typeof createLimits>
  factor: number
  /** A post by the app: subscribers hear of it as of any other. */
  posted(message: Message): void
}

/** One post a second a channel with a burst of four; the others are Slack's tiers, by the minute. */
const windows: Record<string, Window> = {
  'chat.postMessage': { limit: 4, windowMs: 4_000 },
  'chat.update': { limit: 50, windowMs: 60_000 },
  'chat.delete': { limit: 50, windowMs: 60_000 },
  'conversations.replies': { limit: 50, windowMs: 60_000 },
  'conversations.history': { limit: 50, windowMs: 60_000 },
  'users.info': { limit: 100, windowMs: 60_000 },
  'auth.test': { limit: 600, windowMs: 60_000 },
}

class Refusal extends Error {}
const refuse = (code: string): never => {
  throw new Refusal(code)
}

const text = z.string()
const flag = z
  .union([z.boolean(), z.string()])
  .transform((value) => value === true || value === 'true' || value === '1')
const Post = z.object({
  channel: text,
  text: text.default(''),
  thread_ts: text.optional(),
  username: text.optional(),
  metadata: z.object({ event_type: text, event_payload: z.record(z.string(), z.unknown()) }).optional(),
})
const Place = z.object({ channel: text, ts: text })
const Page = z.object({
  channel: text,
  ts: text.optional(),
  oldest: z.coerce.number().default(0),
  latest: z.coerce.number().default(Number.MAX_SAFE_INTEGER),
  inclusive: flag.default(false),
  limit: z.coerce.number().int().min(1).max(999).default(100),
  cursor: text.optional(),
  include_all_metadata: flag.default(false),
})

/** Slack's Web API, as far as an app of ours may use it. */
export function webApi(options: WebApiOptions): Hono {
  const { workspace } = options
  const api = new Hono()

  api.post('/:method', async (c) => {
    const method = c.req.param('method')
    try {
      authorize(c, options)
      const args = await argumentsOf(c)
      const waitMs = options.limits.over(
        limitKey(method, args),
        scaled(windows[method] ?? refuse('unknown_method'), options.factor),
      )
      if (waitMs > 0) {
        const { body, status } = fixture('slack/ratelimited')
        return new Response(JSON.stringify(body), {
          status,
          headers: {
            'retry-after': String(Math.max(1, Math.ceil(waitMs / 1_000))),
            'content-type': 'application/json',
          },
        })
      }
      return c.json(methods[method]?.(args, new URL(c.req.url).origin) ?? refuse('unknown_method'))
    } catch (error) {
      if (error instanceof Refusal) return c.json(documented('slack/error', { ok: false, error: error.message }))
      if (error instanceof z.ZodError)
        return c.json(documented('slack/error', { ok: false, error: 'invalid_arguments' }))
      throw error
    }
  })

  const channelOf = (id: string): string => {
    if (options.archived.has(id)) return refuse('is_archived')
    return options.channels.has(id) ? id : refuse('channel_not_found')
  }

  const post = (args: unknown) => {
    const { channel, text: content, thread_ts: threadTs, username, metadata } = Post.parse(args)
    channelOf(channel)
    if (content === '') refuse('no_text')
    if (content.length > 40_000) refuse('msg_too_long')
    if (threadTs && !workspace.find(channel, threadTs)) refuse('thread_not_found')
    const message = workspace.post({
      channel,
      threadTs: threadTs ?? null,
      text: content,
      user: bot.user,
      botId: bot.id,
      username: username ?? null,
      metadata: metadata ?? null,
    })
    options.posted(message)
    return documented('slack/chat.postMessage', { channel, ts: message.ts, message: messageBody(message, true) })
  }

  const methods: Record<string, (args: unknown, origin: string) => Record<string, unknown>> = {
    'chat.postMessage': post,
    'chat.update': (args) => {
      const { channel, ts, text: content } = Place.extend({ text }).parse(args)
      const message = workspace.find(channelOf(channel), ts) ?? refuse('message_not_found')
      workspace.change(channel, ts, content)
      return documented('slack/chat.update', {
        channel,
        ts,
        text: content,
        message: { ...messageBody(message, false), text: content },
      })
    },
    'chat.delete': (args) => {
      const { channel, ts } = Place.parse(args)
      const message = workspace.find(channelOf(channel), ts) ?? refuse('message_not_found')
      if (message.username !== null || message.botId === null) refuse('cant_delete_message')
      workspace.remove(channel, ts)
      return documented('slack/chat.delete', { channel, ts })
    },
    'conversations.replies': (args) => {
      const page = Page.parse(args)
      const root = workspace.find(channelOf(page.channel), page.ts ?? '') ?? refuse('thread_not_found')
      const [first, ...replies] = workspace.thread(page.channel, root.threadTs ?? root.ts)
      const { messages, more, cursor } = pageOf(replies, page)
      const all = first ? [first, ...messages] : messages
      return documented('slack/conversations.replies', {
        messages: all.map((message) => messageBody(message, page.include_all_metadata)),
        has_more: more,
        response_metadata: { next_cursor: cursor },
      })
    },
    'conversations.history': (args) => {
      const page = Page.parse(args)
      const { messages, more, cursor } = pageOf(workspace.roots(channelOf(page.channel)).toReversed(), page)
      return documented('slack/conversations.history', {
        messages: messages.map((message) => messageBody(message, page.include_all_metadata)),
        has_more: more,
        response_metadata: { next_cursor: cursor },
      })
    },
    'users.info': (args, origin) => {
      const { user: id } = z.object({ user: text }).parse(args)
      const person = people.find((candidate) => candidate.id === id) ?? refuse('user_not_found')
      const { name, realName, email } = person
      const at = (size: number) => `${origin}/avatars/${id}_${size}.png`
      const images = { image_72: at(72), image_192: at(192) }
      const profile = { real_name: realName, display_name: realName, email, team, ...images }
      return documented('slack/users.info', {
        user: { id, team_id: team, name, real_name: realName, profile, is_bot: false, is_email_confirmed: true },
      })
    },
    'auth.test': () =>
      documented('slack/auth.test', { team: 'Sandbox', user: 'deskbridge', team_id: team, user_id: bot.user }),
  }

  return api
}

const scaled = ({ limit, windowMs }: Window, factor: number): Window => ({ limit, windowMs: windowMs * factor })

const limitKey = (method: string, args: unknown): string => {
  const channel = z.object({ channel: text }).safeParse(args).data?.channel
  return method === 'chat.postMessage' ? `${method} ${channel}` : method
}

function authorize(c: Context, { token, isRevoked }: Pick<WebApiOptions, 'token' | 'isRevoked'>): void {
  const given = /^Bearer (.+)$/.exec(c.req.header('authorization') ?? '')?.[1]
  if (!given) refuse('not_authed')
  if (given !== token) refuse('invalid_auth')
  if (isRevoked()) refuse('token_revoked')
}

/** JSON bodies, or forms in which what is not plain is JSON again, as the SDK sends them. */
async function argumentsOf(c: Context): Promise<Record<string, unknown>> {
  if (c.req.header('content-type')?.includes('json')) return z.record(z.string(), z.unknown()).parse(await c.req.json())
  const form = new URLSearchParams(await c.req.text())
  return Object.fromEntries(
    [...form].map(([name, value]) => [
      name,
      value.startsWith('{') || value.startsWith('[') ? JSON.parse(value) : value,
    ]),
  )
}

function pageOf(list: readonly Message[], page: z.infer<typeof Page>) {
  const inRange = list.filter(({ ts }) => {
    const at = Number(ts)
    return page.inclusive ? at >= page.oldest && at <= page.latest : at > page.oldest && at < page.latest
  })
  const start = Number(page.cursor ?? 0)
  const end = start + page.limit
  return {
    messages: inRange.slice(start, end),
    more: inRange.length > end,
    cursor: inRange.length > end ? String(end) : '',
  }
}

export function messageBody(message: Message, withMetadata: boolean): Record<string, unknown> {
  const { ts, threadTs, text: content, user, botId, username, metadata } = message
  return {
    type: 'message',
    text: content,
    ts,
    ...(threadTs && { thread_ts: threadTs }),
    ...(botId ? { bot_id: botId, app_id: bot.app } : {}),
    ...(botId && username ? { subtype: 'bot_message', username } : { user }),
    ...(withMetadata && metadata && { metadata }),
  }
}
