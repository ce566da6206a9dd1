import type { LogEvent } from './event.ts'

/** Notes, what becomes of them, and how the team sorts its chats are not for visitors. Every way out asks here. */
export function maySee(event: LogEvent, reader: { kind: 'visitor' | 'agent' }): boolean {
  if (reader.kind === 'agent') return true
  switch (event.type) {
    case 'message':
    case 'message_edited':
    case 'message_deleted':
      return !event.body.internal
    case 'tags_changed':
    case 'emailed':
    case 'ticket_requested':
    case 'alerted':
    case 'ticket_linked':
    case 'restored':
      return false
    case 'session_started':
    case 'visitor_updated':
    case 'assigned':
    case 'unassigned':
    case 'transferred':
    case 'message_read':
    case 'message_delivered':
    case 'agent_joined':
    case 'agent_left':
    case 'session_closed':
    case 'session_reopened':
    case 'rated':
    case 'erased':
      return true
  }
}
