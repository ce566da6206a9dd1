import { z } from 'zod'
import type { InboxItem } from '../../../bridge/port.ts'
import { madeFor, SlackMessage } from '../message.ts'
import type { EventHandlers } from '../permissions.ts'
import { inboxItem } from '../posts/find.ts'

/** `authorizations`: our installation. */
const Envelope = z.object({ authorizations: z.array(z.object({ user_id: z.string().nullish() })).optional() })

const Pushed = SlackMessage.extend({ channel: z.string(), parent_user_id: z.string().optional() })
type Pushed = z.infer<typeof Pushed>

/** What becomes of pushed events. A handler that throws lets Slack push again. `channels`: where new threads begin; older ones may be elsewhere. */
export const createEventHandlers = (deps: {
  channels(): Promise<ReadonlySet<string>>
  accept(items: readonly InboxItem[]): Promise<void>
}): EventHandlers => ({
  async message(event, envelope) {
    const { data } = Pushed.safeParse(event)
    if (!data) return
    const { thread_ts: root = data.ts } = data
    const item = root === data.ts ? ownRoot(data) : threadMessage(data, root, envelope, await deps.channels())
    if (item) await deps.accept([item])
  },
})

/** A root of ours: the second of a chat, if the worker that made it was taken for dead. */
function ownRoot(data: Pushed): InboxItem | null {
  const session = madeFor(data)
  return session && { ...inboxItem(data.channel, data.ts, SlackMessage.parse(data)), session }
}

/** A message in a thread of ours: in a support channel, or under a root that our bot wrote. Changes of messages are told without a thread. */
function threadMessage(data: Pushed, root: string, envelope: unknown, channels: ReadonlySet<string>): InboxItem | null {
  const bot = Envelope.safeParse(envelope).data?.authorizations?.at(0)?.user_id
  const isOurs = channels.has(data.channel) || (data.parent_user_id !== undefined && data.parent_user_id === bot)
  return isOurs ? inboxItem(data.channel, root, SlackMessage.parse(data)) : null
}
