import type { Connection } from 'mongoose'
import type { MetricValues, Report, ReportBy, ReportQuery, ReportRow } from '../../contract/analytics.ts'
import type { Metric } from '../../contract/metric.ts'
import { definitionVersion, metrics as everyMetric } from '../../contract/metrics.ts'
import type { Days } from '../../contract/view-days.ts'
import { desk } from '../agents/roll-desk.ts'
import { type Cell, cellAt, emptyCell, merged } from '../rollups/cell.ts'
import type { Line } from '../rollups/stored.ts'
import { addStored, type Told } from '../rollups/stored-cell.ts'
import { progressOf } from '../rounds/turn.ts'
import { type Buckets, bucketsOf } from './buckets.ts'
import { areWholeMonths, comparedWith, lengthsIn } from './days.ts'
import { filterOf, isKnownOf, lineOf } from './line-of.ts'
import { needsOf } from './needs.ts'
import { type FoundRollup, readRollups } from './read-rollups.ts'
import { reckon } from './reckon.ts'

export interface ReportDeps {
  connection: Connection
  /** The zone whose days an inbox has. */
  timeZoneOf(inbox: string): Promise<string>
  inboxNames(): Promise<ReadonlyMap<string, string>>
  agentNames(): Promise<ReadonlyMap<string, string>>
  now(): number
}

/** `inboxes`: those that are asked for and may be seen. `seesAgents`: it is all there are, and so agents' time is told, too. */
export type AskedReport = Omit<ReportQuery, 'inbox'> & { inboxes: readonly string[]; seesAgents: boolean }

/** Throws `invalid_input` for what is not rolled up. */
export async function makeReport(deps: ReportDeps, query: AskedReport): Promise<Report> {
  const metrics = metricsOf(query)
  const days = { from: query.from, until: query.until }
  const compared = query.compare ? comparedWith(days, query.compare) : null
  const [now, before, progress] = await Promise.all([
    figuresOf(deps, query, metrics, days),
    compared && figuresOf(deps, query, metrics, compared),
    progressOf(deps.connection).findOne({ _id: 'progress' }),
  ])
  return {
    ...days,
    ...{ by: query.by, hours: query.hours, compared },
    total: now.total,
    ...(before && { totalBefore: before.total }),
    rows: before ? withBefore(now.rows, before.rows, query) : now.rows,
    asOf: progress && progress.until > 0 ? new Date(progress.until).toISOString() : null,
    definitionVersion,
  }
}

const metricsOf = ({ metrics: asked }: AskedReport): readonly Metric[] =>
  asked ? everyMetric.filter(({ id }) => asked.includes(id)) : everyMetric

interface Figures {
  total: MetricValues
  rows: ReportRow[]
}

async function figuresOf(
  deps: ReportDeps,
  query: AskedReport,
  metrics: readonly Metric[],
  days: Days,
): Promise<Figures> {
  const { hours } = query
  const buckets = bucketsOf(query.by, days)
  const told: Told = { spreads: needsOf(metrics).spreads, hours: [hours] }
  const { ofRows, ofTotal } = await find(deps, query, buckets, told)
  const lengths = lengthsIn(await deps.timeZoneOf(query.inboxes[0] ?? ''), deps.now())
  const cells = cellsOf(buckets, ofRows, told)
  const isTold = toldIn(query)
  const total = ofTotal ? together(ofTotal, told) : merged(cells.values())
  if (query.by === 'inbox') cells.delete(desk)
  const rows = [...cells].map(([key, cell]) => ({
    key,
    // A cell that is of an agent has their name, whatever its line is called.
    label: query.by === 'agent' ? (cell.label ?? key) : key,
    values: reckon(cell, { metrics, hours, isTold: isTold.ofRows, periodMs: buckets.lengthOf(key, lengths) }),
  }))
  return {
    total: reckon(total, { metrics, hours, isTold: isTold.ofTotal, periodMs: lengths.ofDays(days) }),
    rows: await named(deps, query.by, rows),
  }
}

/** `ofTotal`: null where the lines come to it. They do not always: a chat has several tags, or none. */
async function find({ connection }: ReportDeps, query: AskedReport, { stretches, cover }: Buckets, told: Told) {
  const line = lineOf(query)
  const whole = wholeOf(query)
  const asked = { inboxes: placesOf(query), told, only: filterOf(query)?.value }
  const ofRows = await readRollups(connection, stretches, { ...asked, line })
  const ofTotal = line === whole ? null : await readRollups(connection, cover, { ...asked, line: whole })
  return { ofRows, ofTotal }
}

/** What the total is of. */
const wholeOf = (query: AskedReport): Line => filterOf(query)?.line ?? 'all'

/** Which figures anybody knows, and may see. */
function toldIn(query: AskedReport) {
  const of = (line: Line) => (metric: Metric) =>
    isKnownOf(line, metric) && (metric.group !== 'agents' || query.seesAgents)
  const ofLine = of(lineOf(query))
  return {
    ofRows: query.by === 'inbox' ? (metric: Metric) => ofLine(metric) && isKnownOf('inbox', metric) : ofLine,
    ofTotal: of(wholeOf(query)),
  }
}

/** Agents' time stands in a place of its own, and is of no single inbox. */
const placesOf = ({ inboxes, seesAgents }: AskedReport): readonly string[] =>
  seesAgents ? [...inboxes, desk] : inboxes

/** Each stretch of time, also where nothing was; of other things those that there were. */
function cellsOf({ keys, keyOf }: Buckets, found: readonly FoundRollup[], told: Told): Map<string, Cell> {
  const all = new Map<string, Cell>(keys.map((key) => [key, emptyCell()]))
  for (const { inbox, key, cells } of found)
    for (const one of cells) addStored(cellAt(all, keyOf({ inbox, key, value: one.of })), one, told)
  return all
}

function together(found: readonly FoundRollup[], told: Told): Cell {
  const cell = emptyCell()
  for (const { cells } of found) for (const one of cells) addStored(cell, one, told)
  return cell
}

/** People and inboxes by their names as they are now, else as they were. */
async function named({ inboxNames, agentNames }: ReportDeps, by: ReportBy, rows: ReportRow[]): Promise<ReportRow[]> {
  if (by !== 'inbox' && by !== 'agent') return rows
  const names = by === 'inbox' ? await inboxNames() : await agentNames()
  return rows.map((row) => ({ ...row, label: names.get(row.key) ?? row.label }))
}

/** Stretches of time are compared with those in the same place, or of the same name; everything else with itself. */
function withBefore(rows: readonly ReportRow[], before: readonly ReportRow[], query: AskedReport): ReportRow[] {
  const keyBefore = pairing(query, before)
  const byKey = new Map(before.map(({ key, values }) => [key, values]))
  return rows.map((row, index) => {
    const values = byKey.get(keyBefore(row.key, index) ?? '')
    return values ? { ...row, before: values } : row
  })
}

function pairing({ by, compare, from, until }: AskedReport, before: readonly ReportRow[]) {
  const isTime = by === 'hour' || by === 'day' || by === 'month'
  if (!isTime) return (key: string) => key
  if (compare === 'year') return (key: string) => `${Number(key.slice(0, 4)) - 1}${key.slice(4)}`
  // A part of a month stands beside a part of another one, which may be much longer.
  if (by === 'month' && !areWholeMonths({ from, until })) return () => undefined
  return (_: string, index: number) => before[index]?.key
}
