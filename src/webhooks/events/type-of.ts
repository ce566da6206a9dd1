import type { EventType, LogEvent } from '../../contract/event.ts'
import type { WebhookType } from '../../contract/webhook-event.ts'

/** What agents and the installation do stands in no chat's log. */
export type ChatWebhookType = Exclude<WebhookType, 'agent.status_changed' | 'endpoint.disabled'>

/** Events of the log that give no webhook event, and why. */
export const untold = {
  message_delivered: 'A device has it and nobody has read it yet; `message.read` says when somebody has.',
  agent_joined: 'Who looks into a chat is the team’s affair; `chat.assigned` says whose it is.',
  agent_left: 'Likewise.',
  tags_changed: 'How the team sorts its chats; the API tells the tags of a chat.',
  emailed: 'Tells of messages that were told already, and of an address.',
  ticket_requested: 'An intention; `chat.ticket_linked` follows when there is a ticket.',
  alerted: 'The team was reminded of a chat that it was told of already.',
  restored: 'A repair after a backup: every event from then on has the new `epoch`.',
} as const satisfies Partial<Record<EventType, string>>

/** What a system outside is told of an event. Rests on nothing that an erasure takes away, so that it stays the same. */
export function webhookTypeOf(event: LogEvent): ChatWebhookType | null {
  switch (event.type) {
    case 'session_started':
      return 'chat.created'
    case 'unassigned':
      return 'chat.queued'
    case 'assigned':
      return 'chat.assigned'
    case 'transferred':
      return 'chat.transferred'
    case 'session_closed':
      return 'chat.closed'
    case 'session_reopened':
      return 'chat.reopened'
    case 'rated':
      return 'chat.rated'
    case 'ticket_linked':
      return 'chat.ticket_linked'
    case 'message':
      return event.body.internal ? 'note.created' : 'message.created'
    case 'message_edited':
      return event.body.internal ? 'note.updated' : 'message.updated'
    case 'message_deleted':
      return event.body.internal ? 'note.deleted' : 'message.deleted'
    case 'message_read':
      return 'message.read'
    case 'visitor_updated':
      return 'visitor.identified'
    case 'erased':
      return 'visitor.erased'
    case 'message_delivered':
    case 'agent_joined':
    case 'agent_left':
    case 'tags_changed':
    case 'emailed':
    case 'ticket_requested':
    case 'alerted':
    case 'restored':
      return null
  }
}
