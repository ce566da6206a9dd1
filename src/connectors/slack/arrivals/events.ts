import { z } from 'zod'
import type { InboxItem } from '../../../bridge/port/arrival.ts'
import { madeFor, SlackMessage } from '../message.ts'
import type { EventHandlers } from '../permissions.ts'
import { deletionOf, editOf } from './changes.ts'
import { inboxItem } from './missed.ts'

/** `authorizations`: our installation. */
const Envelope = z.object({
  team_id: z.string().optional(),
  authorizations: z.array(z.object({ user_id: z.string().nullish() })).optional(),
})

const Pushed = SlackMessage.extend({ channel: z.string(), parent_user_id: z.string().optional() })
type Pushed = z.infer<typeof Pushed>

/** They name their thread only inside. */
const Inside = SlackMessage.extend({ parent_user_id: z.string().optional() })
const Changed = z.discriminatedUnion('subtype', [
  z.object({
    subtype: z.literal('message_changed'),
    channel: z.string(),
    message: Inside,
    previous_message: z.object({ text: z.string().optional() }).optional(),
  }),
  z.object({ subtype: z.literal('message_deleted'), channel: z.string(), previous_message: Inside.optional() }),
])
type Changed = z.infer<typeof Changed>

/** By the users whose they were. */
const Revoked = z.object({ tokens: z.object({ bot: z.array(z.string()).optional() }) })

const Sharing = z.object({ channel: z.string() })

/** What becomes of pushed events. A handler that throws lets Slack push again. `channels`: where new threads begin; older ones may be elsewhere. */
export const createEventHandlers = (deps: {
  channels(): Promise<ReadonlySet<string>>
  accept(items: readonly InboxItem[]): Promise<void>
  /** With another organisation, or no longer. */
  sharingChanged(channel: string): void
  /** The app may have been taken out of a workspace. */
  left(team: string): Promise<void>
}): EventHandlers => ({
  async app_uninstalled(_, envelope) {
    await leftBy(envelope, deps)
  },
  async tokens_revoked(event, envelope) {
    if (Revoked.safeParse(event).data?.tokens.bot?.length) await leftBy(envelope, deps)
  },
  async channel_shared(event) {
    sharedIn(event, deps)
  },
  async channel_unshared(event) {
    sharedIn(event, deps)
  },
  async message(event, envelope) {
    const change = Changed.safeParse(event)
    if (change.success) {
      const item = changedIn(change.data, envelope, await deps.channels())
      return item ? deps.accept([item]) : undefined
    }
    const { data } = Pushed.safeParse(event)
    if (!data) return
    const { thread_ts: root = data.ts } = data
    const item = root === data.ts ? ownRoot(data) : threadMessage(data, root, envelope, await deps.channels())
    if (item) await deps.accept([item])
  },
})

async function leftBy(envelope: unknown, { left }: { left(team: string): Promise<void> }): Promise<void> {
  const team = Envelope.safeParse(envelope).data?.team_id
  if (team !== undefined) await left(team)
}

function sharedIn(event: unknown, { sharingChanged }: { sharingChanged(channel: string): void }): void {
  const { data } = Sharing.safeParse(event)
  if (data) sharingChanged(data.channel)
}

/** A root of ours: the second of a chat, if the worker that made it was taken for dead. */
function ownRoot(data: Pushed): InboxItem | null {
  const session = madeFor(data)
  return session && { ...inboxItem(data.channel, data.ts, SlackMessage.parse(data)), session }
}

function threadMessage(data: Pushed, root: string, envelope: unknown, channels: ReadonlySet<string>): InboxItem | null {
  return isInOurThread(data, envelope, channels) ? inboxItem(data.channel, root, SlackMessage.parse(data)) : null
}

/** In a support channel, or under a root that our bot wrote. */
function isInOurThread(
  { channel, parent_user_id: parent }: Pick<Pushed, 'channel' | 'parent_user_id'>,
  envelope: unknown,
  channels: ReadonlySet<string>,
): boolean {
  const bot = Envelope.safeParse(envelope).data?.authorizations?.at(0)?.user_id
  return channels.has(channel) || (parent !== undefined && parent === bot)
}

/** Links that Slack unfolds, and what it adds by itself, leave the text as it is. */
function changedIn(data: Changed, envelope: unknown, channels: ReadonlySet<string>): InboxItem | null {
  const inside = data.subtype === 'message_changed' ? data.message : data.previous_message
  const { channel } = data
  if (inside?.thread_ts === undefined || inside.thread_ts === inside.ts) return null
  if (!isInOurThread({ channel, parent_user_id: inside.parent_user_id }, envelope, channels)) return null
  const message = SlackMessage.parse(inside)
  if (data.subtype === 'message_deleted') return deletionOf(channel, inside.thread_ts, message)
  return data.previous_message?.text === inside.text ? null : editOf(channel, inside.thread_ts, message)
}
