import type { Report } from '../../contract/analytics.ts'
import type { Metric } from '../../contract/metrics.ts'
import { valueIn } from './content.ts'

/** The lines of a report, as numbers: times in ms, shares from 0 to 1. Empty where nothing was measured. */
export function linesCsv(metrics: readonly Metric[], { rows, by }: Pick<Report, 'rows' | 'by'>): string {
  const head = [by, 'name', ...metrics.map(({ id }) => id)]
  const lines = rows.map(({ key, label, values }) => [
    key,
    label,
    ...metrics.map((metric) => valueIn(values, metric) ?? ''),
  ])
  return [head, ...lines].map((line) => `${line.map(cell).join(',')}\r\n`).join('')
}

/** A text that a spreadsheet would take for a formula is made to be one no more. */
function cell(value: string | number): string {
  if (typeof value === 'number') return String(value)
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
