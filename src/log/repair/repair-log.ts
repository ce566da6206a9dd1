import type { Connection } from 'mongoose'
import type { SessionId } from '../../contract/ids.ts'
import { inBatches } from '../../platform/in-batches.ts'
import { eventsOf } from '../events.ts'
import { createProjector } from '../project.ts'
import type { Difference, RepairOptions } from './difference.ts'
import { repairDocuments } from './repair-documents.ts'
import { repairSummary } from './repair-summary.ts'
import { batch, type RepairDeps, type Repairing } from './repairing.ts'
import { tellOfRepair } from './repairs.ts'
import { removeStrays } from './strays.ts'

const atOnce = 16

/**
 * Compares summaries and projections with what the log makes of them, and writes what differs. Readers and writers go on
 * meanwhile: what they wrote since it was read is left alone. One page of each of a few sessions is in memory.
 */
export async function* repairLog<State>(deps: RepairDeps<State>, options: RepairOptions): AsyncGenerator<Difference> {
  const repairing = { ...deps, projector: createProjector(deps), options }
  yield* removeStrays(repairing)
  for await (const sessions of inBatches(sessionsIn(deps.connection, options.only), atOnce)) {
    const found = (await Promise.all(sessions.map((session) => repairSession(repairing, session)))).flat()
    if (options.write && found.some(wasWrong)) await tellOfRepair(deps.connection)
    yield* found
  }
}

const wasWrong = ({ what, change }: Difference): boolean => what === 'summaries' && change === 'made again'

async function repairSession<State>(repairing: Repairing<State>, session: SessionId): Promise<Difference[]> {
  const found: Difference[] = []
  for await (const difference of repairSummary(repairing, session)) found.push(difference)
  for (const projection of repairing.projections)
    for await (const difference of repairDocuments(repairing, projection, session)) found.push(difference)
  return found
}

async function* sessionsIn(connection: Connection, only: SessionId | undefined): AsyncGenerator<SessionId> {
  const first = { seq: 1, ...(only && { session: only }) }
  for await (const { session } of eventsOf(connection).find(first, { projection: { session: 1 }, batchSize: batch }))
    yield session
}
