import type { EventOf, LogEvent } from '../../../contract/event.ts'

/** Said by somebody, not by the service of its own accord. */
export const isByPerson = (event: LogEvent): event is EventOf<'message'> =>
  event.type === 'message' && event.actor.kind !== 'system'
