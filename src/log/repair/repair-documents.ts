import type { Connection } from 'mongoose'
import type { LogEvent } from '../../contract/event.ts'
import type { Seq, SessionId } from '../../contract/ids.ts'
import { repeatsIn } from '../../platform/duplicate-key.ts'
import { eventsOf } from '../events.ts'
import type { Projection, Stored } from '../project.ts'
import { readAll } from '../read.ts'
import { type Difference, isSame } from './difference.ts'
import { isErasing, type Known, madeOf, readSession } from './known.ts'
import type { Repairing } from './repairing.ts'
import { idsIn } from './strays.ts'

/** What of one page of events is not stored as the projection makes it. */
interface Page {
  missing: Stored[]
  wrong: { stored: Stored; made: Stored }[]
  extra: Stored[]
}

const isRight = ({ missing, wrong, extra }: Page): boolean => missing.length + wrong.length + extra.length === 0

export async function* repairDocuments<State>(
  deps: Repairing<State>,
  projection: Projection<State>,
  session: SessionId,
): AsyncGenerator<Difference> {
  const first = await readSession(deps, session)
  for await (const { from, to, events } of pagesOf(deps, first)) {
    if (isErasing(first) || isRight(await compare(deps, projection, first, { from, to, events }))) continue
    // Read again: what was under way at the first look is done by now.
    const known = await readSession(deps, session)
    if (isErasing(known)) return
    for await (const page of pagesOf(deps, known, from, to)) {
      const found = await compare(deps, projection, known, page)
      if (deps.options.write) await mend(deps, projection, known, found)
      yield* toldOf(projection, session, found)
    }
  }
}

interface Range {
  /** Exclusive. */
  from: Seq
  to: Seq
  events: readonly LogEvent[]
}

async function* pagesOf<State>(
  { connection }: Repairing<State>,
  { session, projected }: Known<State>,
  after: Seq = 0,
  until: Seq = projected,
): AsyncGenerator<Range> {
  let from = after
  for await (const page of readAll(eventsOf(connection), session, after)) {
    const events = page.filter(({ seq }) => seq <= Math.min(until, projected))
    const to = events.at(-1)?.seq
    if (to === undefined) return
    yield { from, to, events }
    from = to
  }
}

async function compare<State>(
  { connection }: Repairing<State>,
  projection: Projection<State>,
  known: Known<State>,
  { from, to, events }: Range,
): Promise<Page> {
  const documents = connection.collection<Stored>(projection.collection)
  const made = madeOf(projection, known, events)
  const there = await documents.find({ session: known.session, seq: { $gt: from, $lte: to } }).toArray()
  const ids = new Set(made.map(({ now }) => now._id))
  const away = [...ids].filter((id) => !there.some(({ _id }) => _id === id))
  const elsewhere = away.length > 0 ? await documents.find({ _id: { $in: away } }).toArray() : []
  const stored = new Map([...there, ...elsewhere].map((document) => [document._id, document]))
  const page: Page = { missing: [], wrong: [], extra: await ofEvents(connection, there, ids) }
  for (const { now, soon } of made) {
    const found = stored.get(now._id)
    if (!found) page.missing.push(soon)
    else if (isWrong(projection, found, now, soon)) page.wrong.push({ stored: found, made: now })
  }
  return page
}

/** Documents of events that make none here; those whose event is in no log are strays and counted there. */
async function ofEvents(
  connection: Connection,
  there: readonly Stored[],
  made: ReadonlySet<string>,
): Promise<Stored[]> {
  const extra = there.filter(({ _id }) => !made.has(_id))
  const known = extra.length > 0 ? await idsIn(connection, extra) : new Set<string>()
  return extra.filter(({ _id }) => known.has(_id))
}

/** While something is being done to a document, it may be anywhere between. */
function isWrong<State>(projection: Projection<State>, stored: Stored, now: Stored, soon: Stored): boolean {
  const comparable = projection.comparable ?? ((document) => document)
  const isAs = (made: Stored) => isSame(comparable(stored), comparable(made))
  return !isAs(now) && isSame(comparable(now), comparable(soon))
}

async function mend<State>(
  deps: Repairing<State>,
  projection: Projection<State>,
  known: Known<State>,
  { missing, wrong, extra }: Page,
): Promise<void> {
  const documents = deps.connection.collection<Stored>(projection.collection)
  for (const { _id } of extra) await documents.deleteOne({ _id })
  const inserts = [...missing]
  for (const { stored, made } of wrong) {
    // Only as it was read: one that has changed since is newer than what it was compared with.
    const asRead = { ...stored }
    if (isInPlace(stored, made)) await documents.replaceOne(asRead, made)
    else if ((await documents.deleteOne(asRead)).deletedCount === 1) inserts.push(made)
  }
  if (inserts.length === 0) return
  await documents.insertMany(inserts, { ordered: false }).catch(repeatsIn)
  // What was done to documents while these were missing passed them by.
  for await (const page of readAll(eventsOf(deps.connection), known.session, known.head)) {
    const updates = page.flatMap(projection.updatesFor)
    if (updates.length > 0) await documents.bulkWrite(updates)
  }
}

/** Else another document may stand where this one belongs, and this one in another's place. */
const isInPlace = (stored: Stored, made: Stored): boolean => stored.session === made.session && stored.seq === made.seq

function toldOf<State>(projection: Projection<State>, session: SessionId, { missing, wrong, extra }: Page) {
  const told = (change: Difference['change'], all: readonly Stored[]): Difference[] =>
    all.map(({ seq }) => ({ what: projection.collection, change, where: `${session} seq ${seq}` }))
  const again = wrong.map(({ made }) => made)
  return [...told('removed', extra), ...told('made', missing), ...told('made again', again)]
}
