import type { MetricValues, ReportRow } from '../../../../src/contract/analytics.ts'

/** One hour of the week. `level`: from 0, nothing, to 5. */
export interface Heat {
  hour: number
  value: number | null
  level: number
}

export const levels = 5

/** Seven days from Monday on, each with its 24 hours; `1-09` is Monday at nine. */
export function heatOf(rows: readonly ReportRow[], id: string): Heat[][] {
  const values = new Map<string, MetricValues>(rows.map(({ key, values }) => [key, values]))
  const valueAt = (day: number, hour: number) =>
    values.get(`${day}-${String(hour).padStart(2, '0')}`)?.[id]?.value ?? null
  const largest = Math.max(0, ...rows.map((row) => row.values[id]?.value ?? 0))
  return [1, 2, 3, 4, 5, 6, 7].map((day) =>
    Array.from({ length: 24 }, (_, hour) => {
      const value = valueAt(day, hour)
      return { hour, value, level: value === null || largest === 0 ? 0 : Math.ceil((value / largest) * levels) }
    }),
  )
}
