import type { EventOf, LogEvent } from '../../../contract/event.ts'

/** Only what an inbox's settings name is mentioned; a name that somebody gives themself cannot get here. */
function mentionOf(mention: string | undefined): string {
  if (mention === undefined) return ''
  if (mention === 'here' || mention === 'channel') return `<!${mention}> `
  return mention.startsWith('S') ? `<!subteam^${mention}> ` : `<@${mention}> `
}

const minute = 60_000

export function alertLine({ at, body: { waitingSince, mention } }: EventOf<'alerted'>): string {
  const minutes = Math.floor((at.getTime() - waitingSince.getTime()) / minute)
  const howLong = minutes < 1 ? 'less than a minute' : minutes === 1 ? 'a minute' : `${minutes} minutes`
  return `${mentionOf(mention)}:alarm_clock: *Nobody has answered here for ${howLong}.*`
}

/** What could not be brought in time calls nobody any more: somebody has answered since, or the next alert is due. */
export const withoutStaleAlerts = (events: readonly LogEvent[]): LogEvent[] =>
  events.filter((event, index) => event.type !== 'alerted' || !events.slice(index + 1).some(makesStale))

const makesStale = (event: LogEvent): boolean =>
  event.type === 'alerted' || event.type === 'session_closed' || isAnswer(event)

const isAnswer = (event: LogEvent): boolean =>
  event.type === 'message' && !event.body.internal && (event.actor.kind === 'agent' || event.actor.kind === 'colleague')
