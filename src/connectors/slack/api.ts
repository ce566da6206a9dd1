import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
} from '@slack/web-api'
import { z } from 'zod'
import { RemoteFailure } from '../../bridge/port.ts'
import { failureOfHttp, failureOfPlatform, failureOfRequest } from './failures.ts'

/** The scope that each method in use takes, which is what the manifest asks for. */
export const scopeOf = {
  'chat.postMessage': ['chat:write', 'chat:write.customize'],
  'chat.update': ['chat:write'],
  'chat.delete': ['chat:write'],
  'conversations.replies': ['channels:history', 'groups:history'],
  'conversations.history': ['channels:history', 'groups:history'],
  'users.info': ['users:read'],
} as const
export type Method = keyof typeof scopeOf

/** What we read of a message, whoever wrote it. */
export const SlackMessage = z.object({
  ts: z.string(),
  thread_ts: z.string().optional(),
  text: z.string().default(''),
  user: z.string().optional(),
  bot_id: z.string().optional(),
  subtype: z.string().optional(),
  metadata: z.object({ event_payload: z.record(z.string(), z.unknown()).optional() }).optional(),
})
export type SlackMessage = z.infer<typeof SlackMessage>

const Posted = z.object({ ts: z.string(), channel: z.string() })
const Page = z.object({
  messages: z.array(SlackMessage),
  has_more: z.boolean().optional(),
})
const UserInfo = z.object({
  user: z.object({
    name: z.string().optional(),
    real_name: z.string().optional(),
    profile: z.object({ display_name: z.string().optional(), real_name: z.string().optional() }).optional(),
  }),
})

export interface Post {
  channel: string
  text: string
  threadTs?: string | undefined
  username?: string | undefined
  /** Written into the message's metadata. */
  marker: Record<string, string | number>
}

export interface SlackApi {
  post(post: Post): Promise<{ ts: string; channel: string }>
  update(channel: string, ts: string, text: string): Promise<void>
  remove(channel: string, ts: string): Promise<void>
  /** A thread's messages after `oldest`, the root apart, oldest first; one page. */
  replies(channel: string, threadTs: string, oldest: string | null): Promise<SlackMessage[]>
  /** The channel's messages after `oldest`; one page, the newest first as Slack gives them. */
  history(channel: string, oldest: string): Promise<SlackMessage[]>
  userName(user: string): Promise<string>
}

export const metadataType = 'deskbridge_call'
const pageSize = 100

/** The only file that calls Slack. Retries are the bridge's business: the SDK's own would post twice after a lost answer. */
export function createSlackApi(options: { token: string; apiUrl: string; timeoutMs: number }): SlackApi {
  const client = new WebClient(options.token, {
    slackApiUrl: options.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: options.timeoutMs,
    allowAbsoluteUrls: false,
  })

  const call = async <S extends z.ZodType>(
    method: Method,
    args: Record<string, unknown>,
    answer: S,
  ): Promise<z.infer<S>> => {
    const result = await client.apiCall(method, args).catch((error: unknown) => {
      throw translate(method, error)
    })
    const parsed = answer.safeParse(result)
    if (parsed.success) return parsed.data
    throw new RemoteFailure({ kind: 'ambiguous' }, `${method} answered something else than documented`, {
      cause: parsed.error,
    })
  }

  return {
    post: ({ channel, text, threadTs, username, marker }) =>
      call(
        'chat.postMessage',
        {
          channel,
          text,
          ...(threadTs && { thread_ts: threadTs }),
          ...(username && { username }),
          metadata: { event_type: metadataType, event_payload: marker },
          unfurl_links: false,
          unfurl_media: false,
        },
        Posted,
      ),
    async update(channel, ts, text) {
      await call('chat.update', { channel, ts, text }, z.object({}))
    },
    async remove(channel, ts) {
      await call('chat.delete', { channel, ts }, z.object({}))
    },
    async replies(channel, threadTs, oldest) {
      const after = { oldest: oldest ?? threadTs, inclusive: false }
      const args = { channel, ts: threadTs, ...after, limit: pageSize, include_all_metadata: true }
      const { messages } = await call('conversations.replies', args, Page)
      return messages.filter((message) => message.ts !== threadTs)
    },
    async history(channel, oldest) {
      const { messages } = await call(
        'conversations.history',
        { channel, oldest, limit: pageSize, include_all_metadata: true },
        Page,
      )
      return messages
    },
    async userName(user) {
      const { user: found } = await call('users.info', { user }, UserInfo)
      const names = [found.profile?.display_name, found.profile?.real_name, found.real_name, found.name]
      return names.find((name) => name !== undefined && name !== '') ?? user
    },
  }
}

function translate(method: Method, error: unknown): RemoteFailure {
  const say = (detail: string) => `${method}: ${detail}`
  if (error instanceof WebAPIRateLimitedError) {
    return new RemoteFailure(
      { kind: 'limited', scope: 'destination', afterMs: error.retryAfter * 1_000 },
      say('rate limited'),
      { cause: error },
    )
  }
  if (error instanceof WebAPIPlatformError)
    return new RemoteFailure(failureOfPlatform(error.data.error), say(error.data.error), {
      cause: error,
      code: error.data.error,
    })
  if (error instanceof WebAPIHTTPError)
    return new RemoteFailure(failureOfHttp(error.statusCode), say(`status ${error.statusCode}`), { cause: error })
  if (error instanceof WebAPIRequestError)
    return new RemoteFailure(failureOfRequest(error.original), say(error.original.message), { cause: error })
  return new RemoteFailure({ kind: 'ambiguous' }, say(String(error)), { cause: error })
}
