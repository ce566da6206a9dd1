import type { Connection } from 'mongoose'
import type { Projector } from './project.ts'
import { summariesOf } from './summaries.ts'

const batch = 100

/** Makes summaries that another version of the fold left again, until none is left or `signal` says stop. */
export async function remakeStale(
  { connection, projector, version }: { connection: Connection; projector: Projector; version: number },
  signal: AbortSignal,
): Promise<void> {
  for (let before = ''; !signal.aborted; ) {
    const stale = await summariesOf(connection)
      .find({ version: { $ne: version } }, { projection: { _id: 1 } })
      .limit(batch)
      .toArray()
    const [first] = stale
    // Without a log there is nothing to make them of.
    if (!first || first._id === before) return
    if (await projector.project(new Map(stale.map(({ _id }) => [_id, []])))) before = first._id
  }
}
