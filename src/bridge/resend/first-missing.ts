import { isPerson, type LogEvent } from '../../contract/event.ts'
import type { Binding } from '../links/bindings.ts'

/** Events to be brought again, as many as follow each other; `partsDone`: of the first, what is still there of its parts. */
export interface Missing {
  events: readonly LogEvent[]
  partsDone: number
}

type Brought = Pick<Binding, 'from' | 'to' | 'part' | 'parts'> & { stands: boolean }

/**
 * What is the first that is missing. What was never brought stays away, as it was meant to (a greeting that is told in the
 * root, say), but for what people wrote.
 */
export function firstMissing(events: readonly LogEvent[], brought: readonly Brought[]): Missing | null {
  const about = events.map((event) => ({ event, done: partsStanding(event, brought) }))
  const start = about.findIndex(({ done }) => done !== 'all')
  const [first, ...rest] = start === -1 ? [] : about.slice(start)
  if (!first || first.done === 'all') return null
  if (first.done > 0) return { events: [first.event], partsDone: first.done }
  const end = rest.findIndex(({ done }) => done !== 0)
  const following = end === -1 ? rest : rest.slice(0, end)
  return { events: [first, ...following].map(({ event }) => event), partsDone: 0 }
}

/** How many parts of it stand in a row from its first on. */
function partsStanding(event: LogEvent, brought: readonly Brought[]): number | 'all' {
  const covering = brought.filter(({ from, to }) => from <= event.seq && event.seq <= to)
  if (covering.length === 0) return isByPerson(event) ? 0 : 'all'
  const standing = new Set(covering.filter(({ stands }) => stands).map(({ part }) => part))
  const parts = Math.max(...covering.map(({ part, parts: of }) => of ?? part))
  const missing = Array.from({ length: parts }, (_, index) => index).find((index) => !standing.has(index + 1))
  return missing ?? 'all'
}

const isByPerson = (event: LogEvent): boolean => event.type === 'message' && isPerson(event.actor)
