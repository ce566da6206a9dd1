import type { Span } from '../calendar/span.ts'

/** How many of these there are at most at one moment of a stretch of time. */
export function longestQueue(waits: readonly Span[], { from, until }: Span): number {
  const changes = waits
    .filter((wait) => wait.from < until && wait.until > from)
    .flatMap((wait) => [
      { at: Math.max(wait.from, from), by: 1 },
      { at: Math.min(wait.until, until), by: -1 },
    ])
    // Who leaves makes room before the next one comes.
    .sort((a, b) => a.at - b.at || a.by - b.by)
  let there = 0
  let most = 0
  for (const { by } of changes) {
    there += by
    most = Math.max(most, there)
  }
  return most
}
