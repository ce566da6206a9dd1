import type { Connection } from 'mongoose'
import type { Calendars } from '../calendar/calendars.ts'
import { onlyRepeats } from '../../log/project.ts'
import { factsOf, type StoredFacts } from '../facts/facts.ts'
import { type Cell, emptyCell, merge, stored } from './cell.ts'
import { addToCells, type Cells, cellIn, clockOf } from './cells-of.ts'
import { contributionsOf } from './contributions.ts'
import { dayOf, hourKey, monthOf } from './keys.ts'
import { longestQueue } from './longest-queue.ts'
import { type Grain, idsWithin, type Line, lines, type Rollup, rollupId, rollupsOf } from './stored.ts'

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
    const keys = new Set<string>()
    for (const hour of [...hours].sort((a, b) => a - b)) keys.add(await rollHour(deps, inbox, hour, round))
    const days = new Set([...keys].map(dayOf))
    for (const day of days) await gather(deps, { inbox, from: 'hour', to: 'day', key: day, round })
    for (const month of new Set([...days].map(monthOf)))
      await gather(deps, { inbox, from: 'day', to: 'month', key: month, round })
  }
}

async function rollHour(deps: RollUpDeps, inbox: string, hour: number, round: number): Promise<string> {
  const { connection, calendars } = deps
  const rows = await factsOf(connection)
    .find({ hours: new Date(hour), inbox })
    .toArray()
  const calendar = await calendars.at(inbox, new Date(hour))
  const local = calendar.hourOf(hour)
  const cells: Cells = new Map()
  for (const row of rows) await addRow(deps, cells, row, hour)
  const waits = rows.flatMap((row) => row.waits)
  const longest = longestQueue(waits, { from: hour, until: calendar.hourOf(hour).start + 3_600_000 })
  if (rows.length > 0)
    for (const cell of [cellIn(cells, 'all', ''), cellIn(cells, 'clock', clockOf(local))]) cell.longestQueue = longest
  const key = hourKey(hour, calendar)
  await write(deps.connection, { grain: 'hour', inbox, key, start: new Date(hour), cells, round })
  return key
}

async function addRow({ calendars }: RollUpDeps, cells: Cells, row: StoredFacts, hour: number): Promise<void> {
  const calendar = await calendars.of(row.calendar)
  for (const one of contributionsOf(row, calendar)) if (one.hour.start === hour) addToCells(cells, row, one)
}

interface Gathering {
  inbox: string
  from: Grain
  to: Grain
  /** Of what is made; the keys of its parts begin with it. */
  key: string
  round: number
}

async function gather({ connection }: RollUpDeps, { inbox, from, to, key, round }: Gathering): Promise<void> {
  const parts = await Promise.all(
    lines.map((line) =>
      rollupsOf(connection)
        .find({ _id: idsWithin(from, line, inbox, key) })
        .toArray()
        .then((found) => [line, found] as const),
    ),
  )
  const cells: Cells = new Map(parts.map(([line, found]) => [line, together(found)]))
  const starts = parts.flatMap(([, found]) => found.map(({ start }) => start.getTime()))
  if (starts.length > 0) await write(connection, { grain: to, inbox, key, start: new Date(Math.min(...starts)), cells, round })
}

/** The cells of some stretches of time, as those of one. */
export function together(rollups: readonly Pick<Rollup, 'cells'>[]): Map<string, Cell> {
  const cells = new Map<string, Cell>()
  for (const { cells: of } of rollups)
    for (const one of of) {
      const cell = cells.get(one.value) ?? emptyCell()
      cells.set(one.value, cell)
      merge(cell, one)
    }
  return cells
}

interface Written {
  grain: Grain
  inbox: string
  key: string
  start: Date
  cells: Cells
  round: number
}

async function write(connection: Connection, { grain, inbox, key, start, cells, round }: Written): Promise<void> {
  const writes = lines.map((line) => {
    const of = [...(cells.get(line) ?? new Map<string, Cell>())].sort(([a], [b]) => (a < b ? -1 : 1))
    const rollup = { key, start, round, cells: of.map(([value, cell]) => stored(value, shortened(line, cell))) }
    return {
      updateOne: {
        filter: { _id: rollupId(grain, line, inbox, key), round: { $lte: round } },
        update: { $set: rollup },
        upsert: true,
      },
    }
  })
  // One that a later round has written is not found, and cannot be made a second time.
  await rollupsOf(connection).bulkWrite(writes, { ordered: false }).catch(onlyRepeats)
}

/** Percentiles are not told by the hour of the week: 168 of everything would be most of what is stored. */
const shortened = (line: Line, cell: Cell): Cell =>
  line !== 'clock'
    ? cell
    : {
        ...cell,
        times: Object.fromEntries(Object.entries(cell.times).map(([key, times]) => [key, { ...times, bins: new Map() }])),
      }
