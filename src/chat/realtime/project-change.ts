import type { LogEvent } from '../../contract/event.ts'
import type { Frame } from '../../contract/socket.ts'
import type { Reader } from './reader.ts'
import { shownVisitor } from './shown-visitor.ts'

type Change = Exclude<
  LogEvent,
  {
    type:
      | 'message'
      | 'message_edited'
      | 'message_deleted'
      | 'message_read'
      | 'message_delivered'
      | 'agent_joined'
      | 'agent_left'
  }
>
type Said = Omit<Extract<Frame, { event: 'session_updated' }>['data'], 'sessionId' | 'seq' | 'prev' | 'by'>

/** What an event changed of a chat, as far as the reader is told: why it changed hands is the team's affair. */
export function changeIn(event: Change, { kind }: Pick<Reader, 'kind'>): Said {
  const isTeam = kind === 'agent'
  switch (event.type) {
    case 'session_started':
      return { status: 'queued' }
    case 'visitor_updated':
      return { visitor: shownVisitor(event.body.visitor, { kind }) }
    case 'assigned':
      return { status: 'active', assignee: event.body.agent, ...(isTeam && { reason: event.body.reason }) }
    case 'unassigned':
      return { status: 'queued', assignee: null, ...(isTeam && { reason: event.body.reason }) }
    case 'transferred': {
      const { to, note } = event.body
      const hands = to.kind === 'agent' ? { status: 'active' as const, assignee: to.agent } : toTeam
      return { ...hands, ...(isTeam && { ...(to.kind === 'team' && { team: to.team }), ...(note && { note }) }) }
    }
    case 'tags_changed':
      return { tags: event.body.tags }
    case 'session_closed':
      return { status: 'closed', resolution: event.body.resolution, assignee: null }
    case 'session_reopened':
      return { status: 'queued' }
    case 'rated':
      return { rating: event.body.score }
    case 'emailed':
      return { emailed: event.body }
    case 'erased':
      return { erasedUpTo: event.body.upTo }
    case 'ticket_linked':
      return isTeam ? { ticket: { id: event.body.id, url: event.body.url } } : {}
    case 'ticket_requested':
    case 'alerted':
    case 'restored':
      return {}
  }
}

const toTeam = { status: 'queued', assignee: null } as const
