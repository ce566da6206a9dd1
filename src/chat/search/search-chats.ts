import type { Connection } from 'mongoose'
import type { SessionId } from '../../contract/ids.ts'
import type { ChatSearchQuery, FoundInChats, FoundInChatsPage } from '../../contract/search.ts'
import type { Summary } from '../../log/summaries.ts'
import { after, cursorOf, type Place, placeOf } from '../../platform/page-cursor.ts'
import { beginningWith, nowOf } from '../messages/message-store.ts'
import type { StoredMessage } from '../messages/project-messages.ts'
import { termsOf } from '../messages/search-terms.ts'
import { messageFor, sessionInfo } from '../realtime/project-for.ts'
import type { Reader } from '../realtime/reader.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { byPlace, newestFirst, type Window } from './newest-first.ts'

/** Words of a question that are looked for; those after them are not. */
const mostWords = 10
/** A shorter beginning of a name fits too many. */
const leastBeginning = 3

interface Search {
  words: readonly string[]
  inboxes: readonly string[]
  bounds: Window
  /** Only what stands after it. */
  place: Place | undefined
  limit: number
}

type Hit = Place & ({ message: StoredMessage } | { summary: SessionSummary })

/** Messages and visitors of these inboxes, newest first. What was written a moment ago may not be found yet. */
export async function searchChats(
  deps: { connection: Connection; now(): number },
  query: ChatSearchQuery,
  inboxes: readonly string[],
  reader: Reader,
): Promise<FoundInChatsPage> {
  const words = termsOf(query.q).slice(0, mostWords)
  if (words.length === 0 || inboxes.length === 0) return { found: [], cursor: null }
  const place = query.cursor === undefined ? undefined : placeOf(query.cursor)
  const search = { words, inboxes, place, bounds: boundsOf(query, place, deps.now()), limit: query.limit + 1 }
  const hits = (await Promise.all([messagesFor(deps.connection, search), visitorsFor(deps.connection, search)])).flat()
  const page = hits.sort(byPlace).slice(0, query.limit)
  const last = hits.length > page.length ? page.at(-1) : undefined
  return { found: await shown(deps.connection, page, reader), cursor: last ? cursorOf(last) : null }
}

/** Up to the place that was reached, and a little beyond now: the clocks of nodes differ. */
function boundsOf({ from, to }: ChatSearchQuery, place: Place | undefined, now: number): Window {
  const ends = [to && Date.parse(to), place && place.at.getTime() + 1, now + 60_000]
  return {
    from: new Date(from ?? 0),
    to: new Date(Math.min(...ends.filter((end) => typeof end === 'number'))),
  }
}

async function messagesFor(connection: Connection, search: Search): Promise<Hit[]> {
  const messages = connection.collection<StoredMessage>('messages')
  const { words, inboxes, place, bounds, limit } = search
  const found = await newestFirst(bounds, limit, (window, most) =>
    messages
      .find({
        $and: [
          ...words.map((word) => ({ terms: word })),
          { inbox: { $in: [...inboxes] }, at: { $gte: window.from, $lt: window.to } },
          ...(place ? [after(place, 'at')] : []),
        ],
      })
      .sort({ at: -1, _id: -1 })
      .limit(most)
      .toArray(),
  )
  return found.map((message) => ({ at: message.at, id: message._id, message }))
}

async function visitorsFor(connection: Connection, search: Search): Promise<Hit[]> {
  const sessions = connection.collection<Summary<SessionSummary>>('sessions')
  const { words, inboxes, place, bounds, limit } = search
  const found = await newestFirst(bounds, limit, (window, most) =>
    sessions
      .find({
        $and: [
          ...words.map(nameHolding),
          { 'state.inbox': { $in: [...inboxes] }, 'state.createdAt': { $gte: window.from, $lt: window.to } },
          ...(place ? [after(place, 'state.createdAt')] : []),
        ],
      })
      .sort({ 'state.createdAt': -1, _id: -1 })
      .limit(most)
      .toArray(),
  )
  return found.map(({ _id, state }) => ({ at: state.createdAt, id: _id, summary: state }))
}

const nameHolding = (word: string, index: number, all: readonly string[]) =>
  index === all.length - 1 && word.length >= leastBeginning
    ? { 'state.visitorTerms': { $elemMatch: beginningWith(word) } }
    : { 'state.visitorTerms': word }

async function shown(connection: Connection, hits: readonly Hit[], reader: Reader): Promise<FoundInChats[]> {
  const ids: SessionId[] = hits.flatMap((hit) => ('message' in hit ? [hit.message.session] : []))
  const summaries = await connection
    .collection<Summary<SessionSummary>>('sessions')
    .find({ _id: { $in: [...new Set(ids)] } })
    .toArray()
  const byId = new Map(summaries.map(({ _id, state }) => [_id, state]))
  return hits.flatMap((hit): FoundInChats[] => {
    const at = hit.at.toISOString()
    if ('summary' in hit) return [{ kind: 'visitor', at, session: sessionInfo(hit.summary, reader) }]
    const summary = byId.get(hit.message.session)
    if (!summary) return []
    return [
      { kind: 'message', at, session: sessionInfo(summary, reader), message: messageFor(nowOf(hit.message), reader) },
    ]
  })
}
