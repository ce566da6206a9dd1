import type { Connection } from 'mongoose'
import { inBatches } from '../../platform/in-batches.ts'
import { eventsOf } from '../events.ts'
import type { Stored } from '../project.ts'
import { summariesOf } from '../summaries.ts'
import type { Difference } from './difference.ts'
import { batch, type Repairing } from './repairing.ts'

/** Removes summaries without a log and documents whose event is in none. */
export async function* removeStrays<State>(deps: Repairing<State>): AsyncGenerator<Difference> {
  yield* strayDocuments(deps)
  yield* straySummaries(deps)
}

async function* strayDocuments<State>(deps: Repairing<State>): AsyncGenerator<Difference> {
  const { connection, options } = deps
  for (const { collection } of deps.projections) {
    const documents = connection.collection<Stored>(collection)
    const all = documents.find(options.only ? { session: options.only } : {}, {
      projection: { session: 1, seq: 1 },
      batchSize: batch,
    })
    for await (const found of inBatches(all, batch)) {
      const known = await idsIn(connection, found)
      for (const { _id, session, seq } of found.filter((document) => !known.has(document._id))) {
        if (options.write) await documents.deleteOne({ _id })
        yield { what: collection, change: 'removed', where: `${session} seq ${seq}` }
      }
    }
  }
}

/** Which of these documents go by the id of an event. */
export async function idsIn(connection: Connection, documents: readonly Stored[]): Promise<ReadonlySet<string>> {
  const ids = documents.map(({ _id }) => _id)
  const events = connection.collection<{ _id: string }>('events')
  const known = await events.find({ _id: { $in: ids } }, { projection: { _id: 1 } }).toArray()
  return new Set(known.map(({ _id }) => _id))
}

async function* straySummaries<State>({ connection, options }: Repairing<State>): AsyncGenerator<Difference> {
  const summaries = summariesOf<State>(connection)
  const all = summaries.find(options.only ? { _id: options.only } : {}, { projection: { _id: 1 }, batchSize: batch })
  for await (const found of inBatches(all, batch)) {
    const sessions = found.map(({ _id }) => _id)
    const known = await eventsOf(connection)
      .find({ session: { $in: sessions }, seq: 1 }, { projection: { session: 1 } })
      .toArray()
    const begun = new Set(known.map(({ session }) => session))
    for (const _id of sessions.filter((session) => !begun.has(session))) {
      if (options.write) await summaries.deleteOne({ _id })
      yield { what: 'summaries', change: 'removed', where: _id }
    }
  }
}
