import type { Threads } from '../../../bridge/port/desk.ts'
import { DeskbridgeError } from '../../../contract/errors.ts'
import type { SessionId } from '../../../contract/ids.ts'
import { threadOf } from '../message-ids.ts'
import type { ActionDeps } from './deps.ts'
import type { Click, MessageShortcut } from './payloads.ts'

/** A chat, and its thread in Slack. */
export interface ThreadChat {
  session: SessionId
  channel: string
  root: string
}

/** The chat whose thread it is. Throws `not_found`. */
export async function chatOfThread(
  { threads }: { threads: Pick<Threads, 'sessionOf'> },
  channel: string,
  root: string,
): Promise<ThreadChat> {
  const session = await threads.sessionOf('slack', threadOf(channel, root))
  if (session === null) throw new DeskbridgeError('not_found', { message: 'This is not in the thread of a chat.' })
  return { session, channel, root }
}

export const chatOfMessage = (deps: Pick<ActionDeps, 'threads'>, { channel, message }: MessageShortcut) =>
  chatOfThread(deps, channel.id, message.thread_ts ?? message.ts)

/** A button counts only under a message of this very app, in a thread of the chat that it names. Throws `not_found`. */
export async function chatOfButton(
  { threads, workspaces }: Pick<ActionDeps, 'threads' | 'workspaces'>,
  { channel, message, actions }: Click,
): Promise<ThreadChat> {
  const { botId } = await workspaces.current()
  const chat = await chatOfThread({ threads }, channel.id, message.thread_ts ?? message.ts)
  const isOurs = botId !== undefined && message.bot_id === botId
  if (!isOurs || chat.session !== actions[0].value)
    throw new DeskbridgeError('not_found', { message: 'This button is not one of this chat.' })
  return chat
}
