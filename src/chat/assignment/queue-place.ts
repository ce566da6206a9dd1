import type { Connection } from 'mongoose'
import type { QueuePlace } from '../../contract/assignment.ts'
import { summariesOf } from '../../log/summaries.ts'
import { isWaiting } from '../sessions/fold-assignment.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { estimateWait } from './estimate-wait.ts'
import { inQueue } from './waiting-chats.ts'

interface QueueDeps {
  connection: Connection
  now(): number
}

/** Chats that the estimate is made of, none older than this. */
const lately = { chats: 20, withinMs: 3_600_000 }

/** Where a chat stands in its inbox's queue. */
export async function queuePlace(deps: QueueDeps, state: SessionSummary): Promise<QueuePlace> {
  if (!isWaiting(state)) return { position: null, waitMs: null }
  const { waitingSince: since, id, inbox } = state
  const isBefore = {
    $or: [{ 'state.waitingSince': { $lt: since } }, { 'state.waitingSince': since, _id: { $lt: id } }],
  }
  const before = await summariesOf<SessionSummary>(deps.connection).countDocuments({
    $and: [inQueue, { 'state.inbox': inbox }, isBefore],
  })
  return { position: before + 1, waitMs: estimateWait(before + 1, await lastServed(deps, inbox)) }
}

/** When the inbox's chats last left the queue, newest first. */
export async function lastServed({ connection, now }: QueueDeps, inbox: string): Promise<Date[]> {
  const served = await summariesOf<SessionSummary>(connection)
    .find(
      { 'state.inbox': inbox, 'state.servedAt': { $gt: new Date(now() - lately.withinMs) } },
      { projection: { 'state.servedAt': 1 } },
    )
    .sort({ 'state.servedAt': -1 })
    .limit(lately.chats)
    .toArray()
  return served.flatMap(({ state }) => state.servedAt ?? [])
}
