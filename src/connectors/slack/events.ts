import { z } from 'zod'
import type { InboxItem } from '../../bridge/port.ts'
import { inboxItem } from './find.ts'
import { SlackMessage } from './message.ts'
import type { EventHandlers } from './permissions.ts'

/** `authorizations`: our installation. */
const Envelope = z.object({ authorizations: z.array(z.object({ user_id: z.string().nullish() })).optional() })

const Pushed = SlackMessage.extend({ channel: z.string(), parent_user_id: z.string().optional() })

/** What becomes of pushed events. A handler that throws lets Slack push again. `channels`: where new threads begin; older ones may be elsewhere. */
export const createEventHandlers = (deps: {
  channels(): Promise<ReadonlySet<string>>
  accept(items: readonly InboxItem[]): Promise<void>
}): EventHandlers => ({
  async message(event, envelope) {
    const item = threadMessage(event, envelope, await deps.channels())
    if (item) await deps.accept([item])
  },
})

/** A message in a thread of ours: in a support channel, or under a root that our bot wrote. Changes of messages are told without a thread. */
function threadMessage(event: unknown, envelope: unknown, channels: ReadonlySet<string>): InboxItem | null {
  const pushed = Pushed.safeParse(event)
  if (!pushed.success) return null
  const { data } = pushed
  const root = data.thread_ts
  if (root === undefined || root === data.ts) return null
  const bot = Envelope.safeParse(envelope).data?.authorizations?.at(0)?.user_id
  const isOurs = channels.has(data.channel) || (data.parent_user_id !== undefined && data.parent_user_id === bot)
  return isOurs ? inboxItem(data.channel, root, SlackMessage.parse(data)) : null
}
