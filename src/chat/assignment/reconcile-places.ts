import type { Connection } from 'mongoose'
import type { SessionId } from '../../contract/ids.ts'
import { summariesOf } from '../../log/summaries.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import type { Places } from './places.ts'
import { standing } from './reservation.ts'
import { type SettleDeps, settlePlaces } from './settle-places.ts'

interface ReconcileDeps extends SettleDeps {
  connection: Connection
  places: Places
  confirmWithin: number
  now(): number
}

/** Compares the places taken with the logs: what ended processes and lost doorbells left behind is freed. */
export async function freeDeadPlaces(deps: ReconcileDeps): Promise<number> {
  const busy = await deps.places.busy()
  const states = await storedStates(deps, [
    ...new Set(busy.flatMap(({ reserved }) => reserved.map((one) => one.session))),
  ])
  const doubtful = busy.flatMap(({ _id, reserved }) =>
    reserved
      .filter((place) => standing(place, _id, states.get(place.session)) !== 'held')
      .map(({ session }) => session),
  )
  // A transfer may be appended for as long as any append, and is then a while away from being seen.
  const stuckSince = new Date(deps.now() - 6 * deps.confirmWithin)
  let freed = 0
  for (const session of new Set(doubtful)) freed += await settlePlaces(deps, session, stuckSince)
  return freed
}

/** Chats that are an agent's by the log and in nobody's set, after a store was restored: they are made to count again. */
export async function addMissingPlaces(deps: ReconcileDeps): Promise<void> {
  const known = new Set(
    (await deps.places.busy()).flatMap((member) => member.reserved.map((one) => placeName(member._id, one))),
  )
  const owned = summariesOf<SessionSummary>(deps.connection).find(
    { 'state.status': 'active', 'state.assignee.id': { $exists: true } },
    { projection: { 'state.assignee': 1 } },
  )
  for await (const { _id, state } of owned) {
    if (state.assignee && !known.has(placeName(state.assignee.id, { session: _id, after: state.assignee.after })))
      await addMissing(deps, _id)
  }
}

async function addMissing(deps: ReconcileDeps, session: SessionId): Promise<void> {
  await settlePlaces(deps, session)
  const assignee = (await deps.log.state(session))?.assignee
  if (assignee) await deps.places.add(assignee.id, { session, after: assignee.after })
}

const placeName = (agent: string, { session, after }: { session: SessionId; after: number }) =>
  `${agent} ${session} ${after}`

const batch = 500

async function storedStates({ connection }: ReconcileDeps, sessions: readonly SessionId[]) {
  const states = new Map<SessionId, Pick<SessionSummary, 'hands' | 'assignee'>>()
  for (let start = 0; start < sessions.length; start += batch) {
    const found = await summariesOf<SessionSummary>(connection)
      .find(
        { _id: { $in: sessions.slice(start, start + batch) } },
        { projection: { 'state.hands': 1, 'state.assignee': 1 } },
      )
      .toArray()
    for (const { _id, state } of found) states.set(_id, state)
  }
  return states
}
