import type { VNode } from 'preact'
import { useRef } from 'preact/hooks'
import type { Row } from './rows.ts'

/** Shows rows. One that is as it was is what it was: Preact does not look into it again, and a long chat costs as little as a short one. */
export function useKept(show: (row: Row) => VNode): (row: Row) => VNode {
  const { current: kept } = useRef<Record<string, { marks: unknown[]; node: VNode }>>({})
  return (row) => {
    const marks = marksOf(row)
    const before = kept[row.id]
    const isSame = before?.marks.every((mark, index) => mark === marks[index])
    return (kept[row.id] = before && isSame ? before : { marks, node: show(row) }).node
  }
}

/** All that is shown of it. What a day is called changes by itself. */
const marksOf = (row: Row): unknown[] =>
  row.kind === 'day' ? [row] : [row.isFirst, row.isLast, row.tellsWhen, ...Object.values(row.entry)]
