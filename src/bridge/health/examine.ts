import type { Connection } from 'mongoose'
import { type Finding, warning } from '../../platform/finding.ts'
import { destinationsOf } from '../destinations.ts'
import { nextFor } from './failure-words.ts'
import { stateOf } from './state-of.ts'

/** What an administrator has done or has to do about a destination; nothing of those that work. */
export async function examineDestinations(connection: Connection, now: () => number): Promise<Finding[]> {
  const all = await destinationsOf(connection).find().toArray()
  return all.flatMap((destination) => {
    const state = stateOf(destination, now())
    if (state.kind === 'paused') return [paused(destination._id, state)]
    return state.kind === 'stopped' ? [stopped(destination._id, state.reason)] : []
  })
}

const paused = (name: string, { since, by, reason }: { since: string; by: { id: string }; reason: string | null }) =>
  warning(
    `${name} is paused since ${since} by ${by.id}${reason === null ? '' : `: ${reason}`}`,
    `Nothing is lost, and nothing goes there until: POST /api/admin/connectors/${name}/resume`,
  )

const stopped = (name: string, reason: string) => warning(`${name} was stopped: ${reason}`, nextFor('halted'))
