import { z } from 'zod'
import { SlackFile, SlackMessage } from './message.ts'
import type { Method } from './permissions.ts'
import { SlackProblem } from './problem.ts'
import { type Call, createCall } from './sdk.ts'
import { ChannelInfo } from './setup/channel-info.ts'

/** What a new post carries; field names are Slack's. */
export interface PostArguments {
  channel: string
  text: string
  thread_ts?: string
  reply_broadcast?: boolean
  username?: string
  icon_emoji?: string
  icon_url?: string
  blocks?: readonly unknown[]
  metadata: unknown
}

/** What a post says from now on. */
export interface ReplaceArguments {
  channel: string
  ts: string
  text: string
  blocks?: readonly unknown[]
  metadata?: unknown
}

const Identity = z.object({
  team_id: z.string(),
  team: z.string().optional(),
  user: z.string().optional(),
  user_id: z.string().optional(),
  url: z.url().optional(),
  bot_id: z.string().optional(),
  enterprise_id: z.string().nullish(),
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
})

/** `team` is null and `is_enterprise_install` true for a whole organisation; a token that expires comes with `expires_in`. */
const Grant = z.object({
  access_token: z.string(),
  scope: z.string().default(''),
  bot_user_id: z.string(),
  app_id: z.string(),
  team: z.object({ id: z.string(), name: z.string().optional() }).nullish(),
  is_enterprise_install: z.boolean().nullish(),
  expires_in: z.number().nullish(),
})

const User = z.object({
  user: z.object({
    team_id: z.string().optional(),
    name: z.string().optional(),
    real_name: z.string().nullish(),
    profile: z
      .object({
        display_name: z.string().nullish(),
        real_name: z.string().nullish(),
        email: z.string().nullish(),
        image_72: z.string().nullish(),
        image_192: z.string().nullish(),
      })
      .optional(),
    is_email_confirmed: z.boolean().nullish(),
    enterprise_user: z.object({ enterprise_id: z.string().optional() }).optional(),
  }),
})
export type User = z.infer<typeof User>['user']

const FileInfo = z.object({ file: SlackFile }).transform(({ file }) => file)

const UploadPlace = z
  .object({ upload_url: z.url(), file_id: z.string() })
  .transform(({ upload_url: url, file_id: file }) => ({ url, file }))
export type UploadPlace = z.infer<typeof UploadPlace>

/** Where an uploaded file is shown; field names are Slack's. */
export interface ShareArguments {
  files: readonly { id: string; title?: string }[]
  channel_id: string
  thread_ts?: string
  initial_comment?: string
}

const Posted = z.object({ channel: z.string(), ts: z.string() })

const Page = z
  .object({
    messages: z.array(SlackMessage),
    response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
  })
  .transform((page) => ({ messages: page.messages, next: page.response_metadata?.next_cursor || null }))
export type Page = z.infer<typeof Page>

/** `oldest`: a `ts`, left out itself. */
export interface Range {
  oldest?: string
  latest?: string
  /** With what stands at the bounds. */
  inclusive?: boolean
  cursor?: string
}

const pageSize = 200

export type SlackApi = ReturnType<typeof slackApi>

/** `token`: undefined for what is asked before there is one. */
export const createSlackApi = ({
  token,
  apiUrl,
  ...times
}: {
  token: string | undefined
  apiUrl: string
  timeoutMs: number
}) => slackApi({ ...times, call: createCall(token, apiUrl) })

/** Slack's methods with parsed answers. Each takes `timeoutMs` at most, or ends with the signal that it is given. Throws `SlackProblem`. */
export function slackApi({ call, timeoutMs }: { call: Call; timeoutMs: number }) {
  const deadline = () => AbortSignal.timeout(timeoutMs)
  const ask = async <S extends z.ZodType>(
    method: Method,
    args: Record<string, unknown>,
    answer: S,
    until: AbortSignal = deadline(),
  ): Promise<z.infer<S>> => {
    const parsed = answer.safeParse(await call(method, args, until))
    if (!parsed.success) throw new SlackProblem(method, { kind: 'unreadable' }, { cause: parsed.error })
    return parsed.data
  }
  const page = { limit: pageSize, include_all_metadata: true }
  return {
    /** For several requests that have to end together. */
    deadline,
    /** The token of whom a workspace has just let in. */
    exchange: (args: { client_id: string; client_secret: string; code: string; redirect_uri: string }) =>
      ask('oauth.v2.access', args, Grant),
    /** Ends its own token. */
    revoke: () => ask('auth.revoke', {}, z.unknown()),
    identity: (until?: AbortSignal) => ask('auth.test', {}, Identity, until),
    channel: (channel: string, until?: AbortSignal) => ask('conversations.info', { channel }, ChannelInfo, until),
    user: (user: string) => ask('users.info', { user }, User),
    file: (file: string) => ask('files.info', { file }, FileInfo),
    /** Where a file of so many bytes goes; nobody sees it, and it is discarded unless it is shared. */
    uploadPlace: (filename: string, length: number, until: AbortSignal) =>
      ask('files.getUploadURLExternal', { filename, length }, UploadPlace, until),
    /** Once for an upload. Slack shows it a moment after the answer. */
    share: (args: ShareArguments, until: AbortSignal) =>
      ask('files.completeUploadExternal', { ...args }, z.unknown(), until),
    removeFile: (file: string, until?: AbortSignal) => ask('files.delete', { file }, z.unknown(), until),
    post: (args: PostArguments, until: AbortSignal) =>
      ask('chat.postMessage', { ...args, unfurl_links: false, unfurl_media: false }, Posted, until),
    /** The root comes first on each page, whatever the range. */
    replies: (channel: string, ts: string, range: Range) =>
      ask('conversations.replies', { channel, ts, ...page, ...range }, Page),
    /** Newest first, without replies. */
    history: (channel: string, range: Range) => ask('conversations.history', { channel, ...page, ...range }, Page),
    /** Seen by one person alone, who has to be in the channel. */
    whisper: (to: { channel: string; user: string; thread_ts?: string }, text: string) =>
      ask('chat.postEphemeral', { ...to, text }, z.unknown()),
    /** A sign at a message, seen by all. */
    react: (channel: string, timestamp: string, name: string) =>
      ask('reactions.add', { channel, timestamp, name }, z.unknown()),
    /** Takes a sign of the app's own away. */
    unreact: (channel: string, timestamp: string, name: string) =>
      ask('reactions.remove', { channel, timestamp, name }, z.unknown()),
    /** Within three seconds of the trigger. */
    openView: (trigger: string, view: unknown) => ask('views.open', { trigger_id: trigger, view }, z.unknown()),
    updateView: (id: string, view: unknown) => ask('views.update', { view_id: id, view }, z.unknown()),
    remove: (channel: string, ts: string) => ask('chat.delete', { channel, ts }, z.unknown()),
    /** What had blocks has none afterwards unless they are given; metadata that is not given stays. */
    replace: ({ blocks = [], ...args }: ReplaceArguments, until?: AbortSignal) =>
      ask('chat.update', { ...args, blocks }, z.unknown(), until),
  }
}
