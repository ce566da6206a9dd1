import { z } from 'zod'
import { SessionId } from '../../contract/ids.ts'

const Metadata = z.object({
  event_type: z.string(),
  event_payload: z.object({ marker: z.string().optional(), session: z.string().optional() }),
})

/** Of one that is shared in a channel where Slack says less, `file_access` is `check_file_info`. */
export const SlackFile = z.object({
  id: z.string().optional(),
  name: z.string().nullish(),
  /** `tombstone`: it is gone. */
  mode: z.string().optional(),
  mimetype: z.string().optional(),
  url_private_download: z.string().optional(),
  file_access: z.string().optional(),
})
export type SlackFile = z.infer<typeof SlackFile>

/** A message as Slack pushes and returns it, with the fields that matter here. */
export const SlackMessage = z.object({
  ts: z.string().regex(/^\d+\.\d+$/),
  thread_ts: z.string().optional(),
  subtype: z.string().optional(),
  user: z.string().optional(),
  /** The workspace of the author, in a channel shared with others. */
  user_team: z.string().optional(),
  bot_id: z.string().optional(),
  text: z.string().optional(),
  /** By whom, and when last. */
  edited: z.object({ user: z.string().optional(), ts: z.string().regex(/^\d+\.\d+$/) }).optional(),
  files: z.array(SlackFile).optional(),
  metadata: Metadata.optional().catch(undefined),
})
export type SlackMessage = z.infer<typeof SlackMessage>

const callType = 'deskbridge_call'
const removedType = 'deskbridge_removed'

/** Goes with each post and finds it again. */
export const callMetadata = (payload: { marker: string; session: string; from: number; to: number }) => ({
  event_type: callType,
  event_payload: payload,
})

/** Takes the marker off a post that could only be emptied. */
export const removedMetadata = { event_type: removedType, event_payload: {} }

/** In place of a post's own metadata: which chat it was of, and that it is ours. */
export const erasedMetadata = (session: string) => ({ event_type: removedType, event_payload: { session } })

/** Which of our calls made this message; only an app can set it. */
export const markerOf = (message: SlackMessage): string | null =>
  message.bot_id !== undefined && message.metadata?.event_type === callType
    ? (message.metadata.event_payload.marker ?? null)
    : null

/** The chat of the call that made this message. */
export const madeFor = (message: SlackMessage): SessionId | null =>
  markerOf(message) === null ? null : (SessionId.safeParse(message.metadata?.event_payload.session).data ?? null)

/** Who the app is: what it posts has a bot's id, what it shares may have only the user's. */
export interface Self {
  botId: string | undefined
  botUser: string | undefined
}

/** Whether this very app posted it. `self`: where it is known. */
export const isOwn = (message: SlackMessage, self: Self | undefined): boolean =>
  (message.bot_id !== undefined &&
    (message.bot_id === self?.botId ||
      message.metadata?.event_type === callType ||
      message.metadata?.event_type === removedType)) ||
  (message.subtype === 'file_share' && message.user !== undefined && message.user === self?.botUser)
