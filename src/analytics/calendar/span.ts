/** Epoch ms; `until` is the first moment after it. */
export interface Span {
  from: number
  until: number
}

/** How much of `[from, until)` these cover, which come in the order of their beginnings: what lies in two counts once. ms */
export function covered(spans: readonly Span[], from: number, until: number): number {
  let sum = 0
  let counted = from
  for (const span of spans) {
    const [start, end] = [Math.max(span.from, counted), Math.min(span.until, until)]
    if (end <= start) continue
    sum += end - start
    counted = end
  }
  return sum
}
