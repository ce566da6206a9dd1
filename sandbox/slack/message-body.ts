import { bot } from './people.ts'
import type { Message } from './workspace.ts'

/** A message as Slack pushes and returns it. */
export function messageBody(message: Message, withMetadata: boolean): Record<string, unknown> {
  const { ts, threadTs, text: content, user, botId, username, icon, blocks, metadata, editedAt, files } = message
  return {
    type: 'message',
    text: content,
    ts,
    ...(threadTs && { thread_ts: threadTs }),
    ...(botId ? { bot_id: botId, app_id: bot.app } : {}),
    ...(botId && username ? { subtype: 'bot_message', username, icons: icon ? { image_48: icon } : {} } : { user }),
    ...(blocks && { blocks }),
    ...(files && { subtype: 'file_share', files }),
    ...(editedAt && { edited: { user: botId ?? user, ts: editedAt } }),
    ...(withMetadata && metadata && { metadata }),
  }
}
