import type { Connection } from 'mongoose'
import type { LogEvent } from '../../contract/event.ts'
import type { Seq, SessionId } from '../../contract/ids.ts'
import { eventsOf } from '../../log/events.ts'
import { type Difference, type RepairOptions, underWay } from '../../log/repair/difference.ts'
import { inBatches } from '../../platform/in-batches.ts'
import { type Head, raiseHeads } from '../outbound/announce.ts'
import type { Destination } from '../port/connector.ts'
import { bindingsOf } from './bindings.ts'
import { type Link, linkId, linksOf } from './link.ts'
import { recallLink } from './recall-link.ts'

interface Deps {
  connection: Connection
  /** Those that are switched on: of the others it is not known what they want. */
  destinations: readonly Destination[]
}

const batch = 200
const what = 'links'

/**
 * Compares the links with the logs: what a destination is owed is announced, and what no log holds is forgotten. What has
 * been brought is not made of the log, and stays as it is. The sweep rings for what is owed from then on.
 */
export async function* repairLinks(deps: Deps, options: RepairOptions): AsyncGenerator<Difference> {
  const first = { seq: 1, ...(options.only && { session: options.only }) }
  const begun = eventsOf(deps.connection).find(first, { projection: { session: 1 }, batchSize: batch })
  for await (const events of inBatches(begun, batch)) {
    const sessions = events.map(({ session }) => session)
    for (const destination of deps.destinations) yield* raiseOwed(deps, options, destination, sessions)
  }
  const links = linksOf(deps.connection).find(options.only ? { session: options.only } : {}, { batchSize: batch })
  for await (const found of inBatches(links, batch)) yield* correct(deps, options, found)
}

async function* raiseOwed(
  { connection }: Deps,
  options: RepairOptions,
  destination: Destination,
  sessions: readonly SessionId[],
): AsyncGenerator<Difference> {
  const { name, wants } = destination
  const owed = await headsIn(connection, {
    session: { $in: [...sessions] },
    type: { $in: [...wants] },
    origin: { $ne: name },
    at: { $lte: new Date(options.now() - underWay) },
  })
  const ids = [...owed.keys()].map((session) => linkId(session, name))
  const links = await linksOf(connection)
    .find({ _id: { $in: ids } }, { projection: { session: 1, 'outbound.head': 1 } })
    .toArray()
  const heads = new Map(links.map(({ session, outbound }) => [session, outbound.head]))
  const missing = [...owed].filter(([session, head]) => !((heads.get(session) ?? 0) >= head))
  const raised = missing.map(([session, head]): Head => ({ session, destination: name, head }))
  if (options.write) {
    const gone = missing.map(([session]) => session).filter((session) => !heads.has(session))
    await recall(connection, destination, gone, options.now())
    await raiseHeads(linksOf(connection), raised, options.now())
  }
  for (const { session } of raised)
    yield { what, change: heads.has(session) ? 'raised' : 'made', where: linkId(session, name) }
}

async function recall(
  connection: Connection,
  destination: Destination,
  sessions: readonly SessionId[],
  now: number,
): Promise<void> {
  for (const session of sessions) {
    const bindings = await bindingsOf(connection).find({ session, destination: destination.name }).toArray()
    const link = recallLink(session, destination, bindings, now)
    if (!link) continue
    const { _id, ...rest } = link
    await linksOf(connection).updateOne({ _id }, { $setOnInsert: rest }, { upsert: true })
  }
}

/** The links were read first: their logs are at least as new. */
async function* correct(
  { connection }: Deps,
  options: RepairOptions,
  links: readonly Link[],
): AsyncGenerator<Difference> {
  const tails = await headsIn(connection, { session: { $in: links.map(({ session }) => session) } })
  for (const link of links) {
    const { _id, session, outbound } = link
    const { cursor, head, behind } = outbound
    const tail = tails.get(session) ?? 0
    const asRead = { _id, 'outbound.cursor': cursor, 'outbound.head': head }
    if (head > tail || cursor > tail) {
      const right = { 'outbound.cursor': Math.min(cursor, tail), 'outbound.head': Math.min(head, tail) }
      if (options.write) await linksOf(connection).updateOne(asRead, { $set: right })
      yield { what, change: 'lowered', where: _id }
    } else if (head > cursor && !behind) {
      if (options.write) await linksOf(connection).updateOne(asRead, { $set: { 'outbound.behind': true } })
      yield { what, change: 'woken', where: _id }
    }
  }
}

/** The last `seq` of each session among the events that fit. */
export async function headsIn(connection: Connection, filter: Record<string, unknown>): Promise<Map<SessionId, Seq>> {
  const found = await connection
    .collection<LogEvent>('events')
    .aggregate<{ _id: SessionId; head: Seq }>([
      { $match: filter },
      { $group: { _id: '$session', head: { $max: '$seq' } } },
    ])
    .toArray()
  return new Map(found.map(({ _id, head }) => [_id, head]))
}
