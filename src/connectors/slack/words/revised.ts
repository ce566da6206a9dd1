import type { EventOf, LogEvent } from '../../../contract/event.ts'
import type { EventId, Seq } from '../../../contract/ids.ts'

/** Before what a message says now, where that is not said in its post. */
export const editedHeading = '_Edited:_ '

export type Revision = EventOf<'message_edited'> | EventOf<'message_deleted'>

export const isRevision = (event: LogEvent): event is Revision =>
  event.type === 'message_edited' || event.type === 'message_deleted'

/** What was last done to each message. */
export type Revisions = ReadonlyMap<EventId, Revision>

/** A deletion is for good. What was erased says nothing any more. */
export function revisionsIn(events: readonly LogEvent[], upTo: Seq): Revisions {
  const last = new Map<EventId, Revision>()
  for (const event of events) {
    if (!isRevision(event) || event.erased || event.seq > upTo) continue
    if (last.get(event.body.message)?.type !== 'message_deleted') last.set(event.body.message, event)
  }
  return last
}

/** An event as somebody is told of it who has not heard of it yet; null: it is gone. */
export function asItIsNow(event: LogEvent, revisions: Revisions): LogEvent | null {
  const revision = revisions.get(event._id)
  if (event.type !== 'message' || !revision) return event
  return revision.type === 'message_deleted' ? null : edited(event, revision)
}

export const edited = (event: EventOf<'message'>, { body }: EventOf<'message_edited'>): EventOf<'message'> => ({
  ...event,
  body: { ...event.body, content: body.content },
})
