import type { Connection } from 'mongoose'
import { endOfHour, hourMs } from '../calendar/calendar.ts'
import type { Calendars } from '../calendar/calendars.ts'
import { type Facts, factsOf } from '../facts/facts.ts'
import { count } from '../rollups/cell.ts'
import { type Cells, cellIn } from '../rollups/cells-of.ts'
import { clockKey, hourKey } from '../rollups/keys.ts'
import { gatherAround, write } from '../rollups/write-rollup.ts'
import { concurrencyOf } from './concurrency-of.ts'
import { readStatuses, type StatusEntry } from './stored.ts'
import { timesOf } from './times-of.ts'

/** In place of an inbox: an agent has one status, and one pair of hands, for all of them. */
export const desk = '*'

export interface DeskDeps {
  connection: Connection
  /** `desk` has one, too: the installation's zone may change, and what was told by the one before stays so. */
  calendars: Calendars
  now(): number
}

/** The hour of the installation in which a moment lies. Epoch ms */
export const deskHour = async ({ calendars }: Pick<DeskDeps, 'calendars'>, moment: number): Promise<number> =>
  (await calendars.at(desk, new Date(moment))).hourOf(moment).start

/** Makes these hours of the agents' time anew, and the days and months around them. `round`: see `Rollup`. */
export async function rollDesk(deps: DeskDeps, hours: readonly number[], round: number): Promise<void> {
  if (hours.length === 0) return
  const sorted = [...hours].sort((a, b) => a - b)
  const statuses = await readStatuses(deps.connection, sorted[0] ?? 0, (sorted.at(-1) ?? 0) + hourMs)
  const keys: string[] = []
  for (const hour of sorted) keys.push(await rollHour(deps, hour, statuses, round))
  await gatherAround(deps.connection, { inbox: desk, keys, round })
}

async function rollHour(
  { connection, calendars, now }: DeskDeps,
  hour: number,
  statuses: ReadonlyMap<string, readonly StatusEntry[]>,
  round: number,
): Promise<string> {
  const calendar = await calendars.at(desk, new Date(hour))
  const until = Math.min(endOfHour(hour, calendar), now())
  const held = await heldIn(connection, hour)
  const cells: Cells = new Map()
  for (const agent of new Set([...statuses.keys(), ...held.keys()])) {
    const { onlineMs, awayMs, busyMs } = timesOf(statuses.get(agent) ?? [], hour, until)
    const { chattingMs, chatsMs } = concurrencyOf(held.get(agent) ?? [], hour, until)
    if (onlineMs + awayMs + busyMs + chattingMs === 0) continue
    for (const cell of [
      cellIn(cells, 'all', ''),
      cellIn(cells, 'agent', agent),
      cellIn(cells, 'clock', clockKey(calendar.hourOf(hour))),
    ]) {
      count(cell, 'online_ms', onlineMs)
      count(cell, 'away_ms', awayMs)
      count(cell, 'busy_ms', busyMs)
      count(cell, 'chatting_ms', chattingMs)
      count(cell, 'chats_ms', chatsMs)
    }
  }
  const key = hourKey(hour, calendar)
  await write(connection, { grain: 'hour', inbox: desk, key, start: new Date(hour), cells, round })
  return key
}

/** Hours of inboxes need not begin when the installation's do. */
async function heldIn(connection: Connection, hour: number): Promise<Map<string, Facts['held']>> {
  const around = { $gt: new Date(hour - hourMs), $lt: new Date(hour + hourMs) }
  const rows = await factsOf(connection)
    .find({ hours: { $elemMatch: around } }, { projection: { held: 1 } })
    .toArray()
  return Map.groupBy(
    rows.flatMap(({ held }) => held),
    ({ by }) => by,
  )
}
