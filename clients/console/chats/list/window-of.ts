/** Rows beyond each edge that are there before somebody scrolls to them. */
const around = 8

/** Which of many rows of one height are near enough to be drawn: from `from` to before `to`. px */
export function windowOf({
  count,
  rowHeight,
  top,
  height,
}: {
  count: number
  rowHeight: number
  /** How far it is scrolled. */
  top: number
  /** Of what can be seen. */
  height: number
}): { from: number; to: number } {
  const first = Math.floor(Math.max(0, top) / rowHeight)
  const last = Math.ceil((Math.max(0, top) + height) / rowHeight)
  const to = Math.min(count, last + around)
  return { from: Math.max(0, Math.min(first, to) - around), to }
}
