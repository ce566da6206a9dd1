import type { Place } from '../../platform/page-cursor.ts'

const dayMs = 86_400_000
const growth = 4
/** After so many the rest is read as one. */
const mostWindows = 6

/** A stretch of time, its end excluded. */
export interface Window {
  from: Date
  to: Date
}

/**
 * Reads windows of time from the newest on, each four times as wide as the one before, until there is enough: a word that
 * everybody uses is found in the last day, and one that nobody uses costs a few empty ranges of an index.
 */
export async function newestFirst<T>(
  bounds: Window,
  enough: number,
  read: (window: Window, limit: number) => Promise<T[]>,
): Promise<T[]> {
  const found: T[] = []
  let to = bounds.to.getTime()
  for (let index = 0; to > bounds.from.getTime() && found.length < enough; index += 1) {
    const start = index < mostWindows ? to - dayMs * growth ** index : 0
    const from = Math.max(start, bounds.from.getTime())
    found.push(...(await read({ from: new Date(from), to: new Date(to) }, enough - found.length)))
    to = from
  }
  return found
}

/** In the list's order: the newer first, and of two of one time the one with the greater id. */
export const byPlace = (a: Place, b: Place): number =>
  b.at.getTime() - a.at.getTime() || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0)
