/** Fewer say nothing about the pace. */
const fewest = 3

/**
 * How long somebody at this place is likely to wait, from when chats last left the queue (newest first): the median time
 * from one to the next, once for each place. Null without enough of them. ms
 */
export function estimateWait(position: number, served: readonly Date[]): number | null {
  if (served.length < fewest) return null
  const times = served.map((at) => at.getTime()).sort((a, b) => a - b)
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at))
  return Math.round(position * median(gaps))
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const at = (index: number) => sorted[Math.max(0, Math.ceil(index))] ?? 0
  return (at(middle - 1) + at(Math.floor(middle))) / 2
}
