import type { Connection } from 'mongoose'
import type { AgentId, SessionId } from '../../contract/ids.ts'
import { summariesOf } from '../../log/summaries.ts'
import type { Agent } from '../agents/agents.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import type { Places } from './places.ts'
import { standing } from './reservation.ts'
import { type PlaceOf, placesToFree, type SettleDeps, settlePlaces } from './settle-places.ts'

export interface ReconcileDeps extends SettleDeps {
  connection: Connection
  places: Places
  confirmWithin: number
  now(): number
}

/** Compares the places taken with the logs: what ended processes and lost doorbells left behind is freed. */
export async function freeDeadPlaces(deps: ReconcileDeps): Promise<void> {
  for await (const { agent, place } of deadPlaces(deps)) await deps.places.remove(agent, place)
}

export async function* deadPlaces(deps: ReconcileDeps): AsyncGenerator<PlaceOf> {
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
  for (const session of new Set(doubtful)) yield* await placesToFree(deps, session, stuckSince)
}

/** Chats that are an agent's by the log and in nobody's set, after a store was restored: they are made to count again. */
export async function addMissingPlaces(deps: ReconcileDeps): Promise<void> {
  for await (const { agent, place } of missingPlaces(deps)) {
    await settlePlaces(deps, place.session)
    await deps.places.add(agent, place)
  }
}

export async function* missingPlaces(deps: ReconcileDeps): AsyncGenerator<PlaceOf> {
  const known = new Set(
    (await deps.places.busy()).flatMap((member) => member.reserved.map((one) => placeName(member._id, one))),
  )
  const owned = summariesOf<SessionSummary>(deps.connection).find(
    { 'state.status': 'active', 'state.assignee.id': { $exists: true } },
    { projection: { 'state.assignee': 1 } },
  )
  for await (const { _id, state } of owned) {
    if (!state.assignee || known.has(placeName(state.assignee.id, { session: _id, after: state.assignee.after })))
      continue
    const missing = await missingIn(deps, _id)
    if (missing) yield missing
  }
}

/** The log is read before the places are: a place is taken before its event, and freed after the next. */
async function missingIn(deps: ReconcileDeps, session: SessionId): Promise<PlaceOf | null> {
  const assignee = (await deps.log.state(session))?.assignee
  if (!assignee) return null
  const { id: agent, after } = assignee
  const holders = await deps.places.holders(session)
  const isThere = holders.some(({ _id, reserved }) => _id === agent && reserved.some((one) => one.after === after))
  const isStill = (await deps.log.state(session))?.assignee?.after === after
  const isMissing = !isThere && isStill && (await isKnown(deps, agent))
  return isMissing ? { agent, place: { session, after } } : null
}

const isKnown = async ({ connection }: ReconcileDeps, agent: AgentId): Promise<boolean> =>
  (await connection.collection<Agent>('agents').findOne({ _id: agent }, { projection: { _id: 1 } })) !== null

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
