import { z } from 'zod'
import type { InboxItem } from '../../../bridge/port/arrival.ts'
import { isOwn, SlackMessage } from '../message.ts'
import { orderOf, remoteIdOf, threadOf } from '../message-ids.ts'

/** What a person did to a message of theirs, as it is kept until it is understood. */
export const Change = z.object({ change: z.enum(['edit', 'delete']), message: SlackMessage })
export type Change = z.infer<typeof Change>

/** A message as it says now; null: its author did not change it, or it is our own. `root`: of its thread. */
export function editOf(channel: string, root: string, message: SlackMessage): InboxItem | null {
  const { ts, edited, user, bot_id: bot } = message
  if (edited === undefined || isOwn(message, undefined)) return null
  if (bot === undefined && edited.user !== undefined && edited.user !== user) return null
  const item = changeItem(channel, root, { change: 'edit', message })
  return { ...item, id: `${item.of}:edit:${edited.ts}`, order: `${orderOf(ts)}:edit:${orderOf(edited.ts)}` }
}

/** A message that is gone. Sorts behind all edits of it. */
export function deletionOf(channel: string, root: string, message: SlackMessage): InboxItem | null {
  if (isOwn(message, undefined)) return null
  const item = changeItem(channel, root, { change: 'delete', message })
  return { ...item, id: `${item.of}:delete`, order: `${orderOf(message.ts)}:gone` }
}

const changeItem = (channel: string, root: string, raw: Change) => ({
  of: remoteIdOf(channel, raw.message.ts),
  thread: threadOf(channel, root),
  raw,
})
