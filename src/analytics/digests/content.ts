import type { MetricValues, Report, ReportRow } from '../../contract/analytics.ts'
import type { Metric } from '../../contract/metric.ts'
import { metricOf } from '../../contract/metrics.ts'
import { changeWords, valueWords } from './words.ts'

/** Where there are more, those with the most of the first figure. */
const mostLines = 10
/** Beside the name of a line; a mail is no wider. */
const mostColumns = 4

/** What a digest says, before it is a mail or a post. */
export interface Content {
  title: string
  /** `1 to 30 November 2026`, and what it is compared with. */
  period: string
  compared: string | null
  figures: readonly Figure[]
  lines: Lines | null
  link: string
}

export interface Figure {
  title: string
  value: string
  /** `+12 %`; null without a comparison. */
  change: string | null
}

interface Lines {
  /** What is in the lines. */
  heading: string
  columns: readonly string[]
  rows: readonly { label: string; values: readonly string[] }[]
}

interface Asked {
  name: string
  metrics: readonly string[]
  link: string
}

export function contentOf(view: Asked, report: Report): Content {
  const metrics = metricsOf(view)
  return {
    title: view.name,
    period: daysWords(report),
    compared: report.compared && daysWords(report.compared),
    figures: metrics.map((metric) => figureOf(metric, report)),
    lines: report.rows.length === 0 ? null : linesOf(metrics.slice(0, mostColumns), report),
    link: view.link,
  }
}

const metricsOf = ({ metrics }: Pick<Asked, 'metrics'>): Metric[] =>
  metrics.map(metricOf).filter((metric) => metric !== undefined)

const valueIn = (values: MetricValues | undefined, { id }: Pick<Metric, 'id'>): number | null =>
  values?.[id]?.value ?? null

const figureOf = (metric: Metric, { total, totalBefore }: Report): Figure => ({
  title: metric.title,
  value: valueWords(metric.unit, valueIn(total, metric)),
  change: totalBefore
    ? changeWords(metric.unit, { now: valueIn(total, metric), before: valueIn(totalBefore, metric) })
    : null,
})

function linesOf(metrics: readonly Metric[], { rows, by }: Report): Lines {
  const shown = rows.length > mostLines ? largest(rows, metrics) : rows
  const heading = `By ${by.replaceAll('_', ' ')}`
  return {
    heading: shown.length < rows.length ? `${heading}, the ${shown.length} largest of ${rows.length}` : heading,
    columns: metrics.map(({ title }) => title),
    rows: shown.map(({ label, values }) => ({
      label,
      values: metrics.map((metric) => valueWords(metric.unit, valueIn(values, metric))),
    })),
  }
}

function largest(rows: readonly ReportRow[], [first]: readonly Metric[]): readonly ReportRow[] {
  const sizeOf = ({ values }: ReportRow) => (first && valueIn(values, first)) ?? Number.NEGATIVE_INFINITY
  return rows.toSorted((one, other) => sizeOf(other) - sizeOf(one) || 0).slice(0, mostLines)
}

const dayFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

function daysWords({ from, until }: { from: string; until: string }): string {
  const [first, last] = [from, until].map((day) => dayFormat.format(new Date(`${day}T00:00:00Z`)))
  return first === last ? `${first}` : `${first} to ${last}`
}
