import type { MetricValues, Report } from '../../contract/analytics.ts'

/** A report as a table: the very numbers that its figures show, in the units of the API (ms, shares from 0 to 1). */
export function csvOf(report: Report, metrics: readonly string[]): string {
  const isCompared = report.compared !== null
  const head = [report.by, 'label', ...metrics, ...(isCompared ? metrics.map((id) => `${id}_before`) : [])]
  const numbers = (values: MetricValues | undefined) => metrics.map((id) => values?.[id]?.value ?? '')
  const line = (key: string, label: string, values: MetricValues, before: MetricValues | undefined) => [
    ...[key, label, ...numbers(values)],
    ...(isCompared ? numbers(before) : []),
  ]
  const rows = report.rows.map(({ key, label, values, before }) => line(key, label, values, before))
  const total = line('total', '', report.total, report.totalBefore)
  return [head, ...rows, total].map((cells) => `${cells.map(cell).join(',')}\r\n`).join('')
}

/** A text that a table would take for a formula is kept from being one. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const harmless = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
