import type { Connection } from 'mongoose'
import type { LogEvent } from '../../contract/event.ts'
import type { Seq, SessionId } from '../../contract/ids.ts'
import { inBatches } from '../../platform/in-batches.ts'
import type { Doorbell } from '../doorbell.ts'
import type { KnownEndpoints } from '../endpoints/known.ts'
import { untold } from '../events/type-of.ts'
import { fanOutsOf } from './stored.ts'

export interface SweepRecentDeps {
  connection: Connection
  known: Pick<KnownEndpoints, 'on'>
  doorbell: Doorbell
  now(): number
}

const batch = 500

/** Rings for the chats of the last `windowMs` whose news a lost doorbell left lying. Answers for how many. */
export async function sweepRecent(deps: SweepRecentDeps, windowMs: number): Promise<number> {
  if ((await deps.known.on()).length === 0) return 0
  let rung = 0
  for await (const heads of inBatches(headsOf(deps, windowMs), batch)) {
    const behind = await behindOf(deps, new Map(heads.map(({ _id, head }) => [_id, head])))
    await deps.doorbell.insist(behind.map((session) => ({ kind: 'fan_out', session })))
    rung += behind.length
  }
  return rung
}

const headsOf = ({ connection, now }: SweepRecentDeps, windowMs: number) =>
  connection
    .collection<LogEvent>('events')
    .aggregate<{ _id: SessionId; head: Seq }>([
      { $match: { at: { $gte: new Date(now() - windowMs) }, type: { $nin: Object.keys(untold) } } },
      { $group: { _id: '$session', head: { $max: '$seq' } } },
    ])

async function behindOf({ connection }: SweepRecentDeps, heads: ReadonlyMap<SessionId, Seq>): Promise<SessionId[]> {
  const known = await fanOutsOf(connection)
    .find({ _id: { $in: [...heads.keys()] } })
    .toArray()
  const cursors = new Map(known.map(({ _id, cursor }) => [_id, cursor]))
  return [...heads].filter(([session, head]) => (cursors.get(session) ?? 0) < head).map(([session]) => session)
}
