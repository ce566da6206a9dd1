import type { Connection } from 'mongoose'
import { factsOf } from '../facts/facts.ts'
import { takeTurn } from './turn.ts'

/** Of no version: whatever says so is folded again. */
const none = 0

/**
 * Has every chat folded and rolled up again by the next rounds; until then reports say what they said. False: a round is
 * under way, and nothing was done.
 */
export async function foldAgain(connection: Connection, now: () => number): Promise<boolean> {
  const turn = await takeTurn(connection, now)
  if (!turn) return false
  await turn.keep({ version: none })
  await factsOf(connection).updateMany({}, { $set: { version: none } })
  await turn.end()
  return true
}
