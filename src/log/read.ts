import type { LogEvent } from '../contract/event.ts'
import type { EventKey, Seq, SessionId } from '../contract/ids.ts'
import type { Events } from './events.ts'

/** The most that one read returns; a range of `seq`, because sort-and-limit over a session costs with its length. */
export const mostRead = 200

const committed = { readConcern: { level: 'majority' }, readPreference: 'primary' } as const

export async function readAfter(events: Events, session: SessionId, after: Seq, limit = mostRead): Promise<LogEvent[]> {
  const until = after + Math.min(limit, mostRead)
  const found = await events
    .find({ session, seq: { $gt: after, $lte: until } }, committed)
    .sort({ seq: 1 })
    .toArray()
  return upToGap(found, after)
}

/** A hole can only be an event that a majority does not have yet: what stands behind it waits. */
export function upToGap(events: readonly LogEvent[], after: Seq): LogEvent[] {
  const gap = events.findIndex((event, index) => event.seq !== after + index + 1)
  return gap === -1 ? [...events] : events.slice(0, gap)
}

export const readKey = (events: Events, session: SessionId, key: EventKey): Promise<LogEvent | null> =>
  events.findOne({ session, key }, committed)

/** Everything after `after`, page by page. */
export async function* readAll(events: Events, session: SessionId, after: Seq): AsyncGenerator<LogEvent[]> {
  for (let from = after; ; ) {
    const page = await readAfter(events, session, from)
    const last = page.at(-1)
    if (!last) return
    yield page
    // A shorter page than asked for is the last there is.
    if (page.length < mostRead) return
    from = last.seq
  }
}
