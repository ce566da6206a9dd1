import type { ReportRow } from '../../../../src/contract/analytics.ts'

/** `by`: a metric's id; null: the names. */
export interface Sort {
  by: string | null
  isDown: boolean
}

const valueIn = (row: ReportRow, id: string): number | null => row.values[id]?.value ?? null

/** What was not measured comes last, either way. */
export function sorted(rows: readonly ReportRow[], { by, isDown }: Sort): ReportRow[] {
  const sign = isDown ? -1 : 1
  const byName = (one: ReportRow, other: ReportRow) => one.label.localeCompare(other.label)
  if (by === null) return rows.toSorted((one, other) => sign * byName(one, other))
  return rows.toSorted((one, other) => {
    const [a, b] = [valueIn(one, by), valueIn(other, by)]
    if (a === null || b === null) return Number(a === null) - Number(b === null) || byName(one, other)
    return sign * (a - b) || byName(one, other)
  })
}

/** The other way round where it is sorted so already; figures begin with the largest, names with A. */
export const sortedBy = (by: string | null, now: Sort): Sort =>
  now.by === by ? { by, isDown: !now.isDown } : { by, isDown: by !== null }

/** Of the largest in its column, from 0 to 1; null: it has no bar. */
export function shareOfLargest(rows: readonly ReportRow[], row: ReportRow, id: string): number | null {
  const value = valueIn(row, id)
  const largest = Math.max(...rows.map((one) => valueIn(one, id) ?? 0))
  return value === null || largest <= 0 ? null : value / largest
}
