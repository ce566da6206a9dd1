import type { ReportRow } from '../../../../src/contract/analytics.ts'

/** One hour of the week. `level`: from 0, nothing, to 5. */
export interface Heat {
  hour: number
  row: ReportRow | undefined
  value: number | null
  level: number
}

export const levels = 5

/** Seven days from Monday on, each with its 24 hours; `1-09` is Monday at nine. */
export function heatOf(rows: readonly ReportRow[], id: string): Heat[][] {
  const byKey = new Map<string, ReportRow>(rows.map((row) => [row.key, row]))
  const largest = Math.max(0, ...rows.map((row) => row.values[id]?.value ?? 0))
  return [1, 2, 3, 4, 5, 6, 7].map((day) =>
    Array.from({ length: 24 }, (_, hour) => {
      const row = byKey.get(`${day}-${String(hour).padStart(2, '0')}`)
      const value = row?.values[id]?.value ?? null
      return { hour, row, value, level: value === null || largest === 0 ? 0 : Math.ceil((value / largest) * levels) }
    }),
  )
}
