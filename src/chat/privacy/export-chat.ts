import type { Actor, EventOf, LogEvent } from '../../contract/event.ts'
import type { ExportedChat } from '../../contract/privacy.ts'

type ExportedMessage = ExportedChat['messages'][number]

/** Everything that a chat's log holds about its visitor, notes of the team included. Pure. */
export function exportChat(events: readonly LogEvent[]): ExportedChat | null {
  const [started] = events
  if (started?.type !== 'session_started') return null
  const messages = new Map<string, ExportedMessage>()
  for (const event of events) take(messages, event)
  const { inbox, channel } = started.body
  const each = <T extends LogEvent['type'], Shown>(type: T, show: (event: EventOf<T>) => Shown): Shown[] =>
    events.filter((event): event is EventOf<T> => event.type === type).map(show)
  return {
    sessionId: started.session,
    inbox,
    channel,
    startedAt: at(started),
    visitor: [
      { at: at(started), ...started.body.visitor },
      ...each('visitor_updated', (event) => ({ at: at(event), ...event.body.visitor })),
    ],
    messages: [...messages.values()],
    transfers: each('transferred', (event) => ({ at: at(event), note: event.body.note ?? null })),
    closings: each('session_closed', (event) => ({ at: at(event), reason: event.body.reason })),
    ratings: each('rated', (event) => ({
      at: at(event),
      score: event.body.score,
      comment: event.body.comment ?? null,
    })),
    mails: each('emailed', (event) => ({ at: at(event), what: event.body.what, to: event.body.to })),
    erasures: each('erased', (event) => ({ at: at(event), reason: event.body.reason })),
  }
}

const at = (event: LogEvent): string => event.at.toISOString()

function take(messages: Map<string, ExportedMessage>, event: LogEvent): void {
  if (event.type === 'message') messages.set(event._id, written(event))
  if (event.type !== 'message_edited' && event.type !== 'message_deleted') return
  const message = messages.get(event.body.message)
  if (!message) return
  // What was deleted is kept until it is erased, so it is told.
  const change =
    event.type === 'message_edited'
      ? { text: event.body.content, earlier: [...message.earlier, message.text] }
      : { deletedAt: at(event) }
  messages.set(event.body.message, { ...message, ...change })
}

const written = (event: EventOf<'message'>): ExportedMessage => ({
  id: event._id,
  at: at(event),
  by: nameOf(event.actor),
  byVisitor: event.actor.kind === 'visitor',
  internal: event.body.internal,
  text: event.body.content,
  earlier: [],
  deletedAt: null,
  file: event.body.file ?? null,
})

const nameOf = (actor: Actor): string => ('name' in actor && actor.name ? actor.name : actor.kind)
