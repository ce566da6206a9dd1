import type { Connection } from 'mongoose'
import type { Seq, SessionId } from '../contract/ids.ts'
import { eventsOf } from './events.ts'
import type { Projector } from './project.ts'
import { summariesOf } from './summaries.ts'

const batch = 200
/** What is younger is under way in the process that appended it. ms */
const underWay = 2_000

/**
 * Makes what is stored catch up with what was committed since then, where a process ended before it got to it. Answers for
 * how many sessions.
 */
export async function projectRecent(
  deps: { connection: Connection; projector: Projector; now(): number },
  since: Date,
): Promise<number> {
  const settled = new Date(deps.now() - underWay)
  const recent = eventsOf(deps.connection).aggregate<{ _id: SessionId; head: Seq }>([
    { $match: { at: { $gte: since, $lte: settled } } },
    { $group: { _id: '$session', head: { $max: '$seq' } } },
  ])
  let caughtUp = 0
  let heads = new Map<SessionId, Seq>()
  for await (const { _id, head } of recent) {
    heads.set(_id, head)
    if (heads.size < batch) continue
    caughtUp += await catchUp(deps, heads)
    heads = new Map()
  }
  return caughtUp + (await catchUp(deps, heads))
}

async function catchUp(
  { connection, projector }: { connection: Connection; projector: Projector },
  heads: ReadonlyMap<SessionId, Seq>,
): Promise<number> {
  if (heads.size === 0) return 0
  const stored = await summariesOf(connection)
    .find({ _id: { $in: [...heads.keys()] } }, { projection: { projectedSeq: 1 } })
    .toArray()
  const positions = new Map(stored.map(({ _id, projectedSeq }) => [_id, projectedSeq]))
  const behind = [...heads].filter(([session, head]) => (positions.get(session) ?? 0) < head)
  if (behind.length > 0) await projector.project(new Map(behind.map(([session]) => [session, []])))
  return behind.length
}
