import type { Connection } from 'mongoose'
import { endOfHour } from '../calendar/calendar.ts'
import type { Calendars } from '../calendar/calendars.ts'
import { factsOf, type StoredFacts } from '../facts/facts.ts'
import { addToCells, type Cells, cellIn } from './cells-of.ts'
import { contributionsOf } from './contributions.ts'
import { clockKey, hourKey } from './keys.ts'
import { longestQueue } from './longest-queue.ts'
import { gatherAround, write } from './write-rollup.ts'

export interface RollUpDeps {
  connection: Connection
  calendars: Calendars
}

/** Hours of an inbox, by their beginnings. */
export type StaleHours = ReadonlyMap<string, ReadonlySet<number>>

/**
 * Makes these hours anew from their chats, and the days and months around them from their hours. Nothing is ever taken off:
 * what an hour was before does not matter. `round`: see `Rollup`.
 */
export async function rollUp(deps: RollUpDeps, stale: StaleHours, round: number): Promise<void> {
  for (const [inbox, hours] of stale) {
    const keys: string[] = []
    for (const hour of [...hours].sort((a, b) => a - b)) keys.push(await rollHour(deps, inbox, hour, round))
    await gatherAround(deps.connection, { inbox, keys, round })
  }
}

async function rollHour(deps: RollUpDeps, inbox: string, hour: number, round: number): Promise<string> {
  const { connection, calendars } = deps
  const rows = await factsOf(connection)
    .find({ hours: new Date(hour), inbox })
    .toArray()
  const calendar = await calendars.at(inbox, new Date(hour))
  // On the wall as it was then, though a chat is reckoned by the one on which it began.
  const clock = clockKey(calendar.hourOf(hour))
  const cells: Cells = new Map()
  for (const row of rows) await addRow(deps, cells, row, { hour, clock })
  const waits = rows.flatMap((row) => row.waits)
  const longest = longestQueue(waits, { from: hour, until: endOfHour(hour, calendar) })
  if (rows.length > 0)
    for (const cell of [cellIn(cells, 'all', ''), cellIn(cells, 'clock', clock)]) cell.longestQueue = longest
  const key = hourKey(hour, calendar)
  await write(deps.connection, { grain: 'hour', inbox, key, start: new Date(hour), cells, round })
  return key
}

async function addRow(
  { calendars }: RollUpDeps,
  cells: Cells,
  row: StoredFacts,
  { hour, clock }: { hour: number; clock: string },
): Promise<void> {
  const calendar = await calendars.of(row.calendar)
  for (const one of contributionsOf(row, calendar)) if (one.hour.start === hour) addToCells(cells, row, one, clock)
}
