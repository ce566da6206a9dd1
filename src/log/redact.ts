import type { Actor, LogEvent } from '../contract/event.ts'
import type { Seq, SessionId } from '../contract/ids.ts'
import type { Events } from './events.ts'
import { readAll } from './read.ts'

/** An event without what people wrote and what a visitor is known by: who did what and when is left. */
export function redacted(event: LogEvent): LogEvent {
  const left = { erased: true, actor: withoutName(event.actor) } as const
  switch (event.type) {
    case 'session_started':
      return { ...event, ...left, body: { ...event.body, visitor: { id: event.body.visitor.id } } }
    case 'visitor_updated':
      return { ...event, ...left, body: { visitor: { id: event.body.visitor.id } } }
    case 'message': {
      const { messageType, internal } = event.body
      return { ...event, ...left, body: { messageType, content: '', internal } }
    }
    case 'message_edited':
      return { ...event, ...left, body: { ...event.body, content: '' } }
    case 'transferred':
      return { ...event, ...left, body: { to: event.body.to } }
    case 'rated': {
      const { resolution, score } = event.body
      return { ...event, ...left, body: { resolution, score } }
    }
    case 'emailed':
      return { ...event, ...left, body: { ...event.body, to: '' } }
    case 'message_deleted':
    case 'message_read':
    case 'message_delivered':
    case 'agent_joined':
    case 'agent_left':
    case 'assigned':
    case 'unassigned':
    case 'tags_changed':
    case 'ticket_requested':
    case 'alerted':
    case 'ticket_linked':
    case 'session_closed':
    case 'session_reopened':
    case 'erased':
    case 'restored':
      return { ...event, ...left }
  }
}

/** The team's names stay: they say who of it answered. */
const withoutName = (actor: Actor): Actor => (actor.kind === 'visitor' ? { kind: 'visitor', id: actor.id } : actor)

/** Redacts a session's events up to `upTo` in place, in their order. Repeating it changes nothing. Answers how many it changed. */
export async function redactEvents(events: Events, session: SessionId, upTo: Seq): Promise<number> {
  let count = 0
  for await (const page of readAll(events, session, 0)) {
    const due = page.filter((event) => event.seq <= upTo && !event.erased)
    if (due.length > 0) await events.bulkWrite(due.map(inPlace))
    count += due.length
    if ((page.at(-1)?.seq ?? 0) >= upTo) break
  }
  return count
}

const inPlace = (event: LogEvent) => ({
  replaceOne: { filter: { _id: event._id }, replacement: redacted(event) },
})
