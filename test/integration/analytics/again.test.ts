import fc from 'fast-check'
import { expect, it } from 'vitest'
import { foldAgain } from '../../../src/analytics/rounds/fold-again.ts'
import { aHistory } from '../../support/analytics/histories.ts'
import { anAnalytics } from '../../support/analytics/world.ts'

const from = Date.UTC(2026, 9, 24, 20)
const afterwards = from + 47 * 3_600_000

it('makes everything again from the logs, byte for byte', async () => {
  const world = await anAnalytics(['lisbon'])
  await world.empty()
  for (const { events } of fc.sample(aHistory(from, ['lisbon']), { numRuns: 10, seed: 7 })) await world.commit(events)
  await world.fold(afterwards)
  const { rows, rollups } = await world.stored()
  const changed = { $set: { cells: [], round: 0 } }
  await world.connection.collection('rollups').updateMany({}, changed)
  await world.connection.collection('session_facts').updateMany({}, { $set: { waits: [], responses: [] } })

  const isBegun = await foldAgain(world.connection, () => afterwards)
  const folded = await world.fold(afterwards)

  expect({ isBegun, folded, ...(await world.stored()) }).toEqual({ isBegun: true, folded: 10, rows, rollups })
})
