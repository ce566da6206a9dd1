import type { ReportBy, ReportQuery } from '../../contract/analytics.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { type Metric, Narrowing, type Single } from '../../contract/metric.ts'
import type { Line } from '../rollups/stored.ts'

type Narrowed = Pick<ReportQuery, Narrowing>

/** What a report is narrowed to; null: nothing. */
export function filterOf(query: Narrowed): { line: Narrowing; value: string } | null {
  for (const line of Narrowing.options) {
    const value = query[line]
    if (value !== undefined) return { line, value }
  }
  return null
}

const lineBy: Partial<Record<ReportBy, Line>> = {
  agent: 'agent',
  team: 'team',
  channel: 'channel',
  tag: 'tag',
  hour_of_day: 'clock',
  hour_of_week: 'clock',
}

/** What the roll-ups are of that a report's lines are made of. Throws `invalid_input` for what is not rolled up. */
export function lineOf(query: Narrowed & Pick<ReportQuery, 'by'>): Line {
  const own = lineBy[query.by]
  const filter = filterOf(query)?.line
  if (own === undefined) return filter ?? 'all'
  if (filter === undefined || filter === own) return own
  const problem = `cannot be told of one ${filter}: ask by hour, day, month or inbox`
  throw new DeskbridgeError('invalid_input', { details: [{ path: 'by', problem }] })
}

/** Whether anybody knows it of a single one of them. */
export const isKnownOf = (one: Line | Single, { notOf }: Metric): boolean => notOf.every((other) => other !== one)
