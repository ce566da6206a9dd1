import type { EventOf, LogEvent } from '../../src/contract/event.ts'

/** Whose a chat was from one of its events to another, by the times of the two; ms. */
interface Owned {
  session: string
  agent: string
  from: number
  to: number
}

/** In the queue: of a visitor who had waited `since` then. */
interface Waited {
  session: string
  since: number
  from: number
  to: number
  /** Given away by somebody: not everybody is asked for it alike. */
  passed: boolean
  /** What took it out. */
  end: 'routed' | 'by hand' | 'closed'
}

type Place =
  | { kind: 'nowhere' }
  | { kind: 'queue'; from: number; since: number; passed: boolean }
  | { kind: 'agent'; agent: string; from: number; since: number; passed: boolean }

interface Story {
  owned: Owned[]
  waited: Waited[]
  /** Events that cannot be true where they stand: a chat given while somebody had it, or taken from who had it not. */
  wrong: string[]
}

type Moving = EventOf<'message' | 'assigned' | 'unassigned' | 'transferred' | 'session_closed'>
const moving: readonly string[] = ['message', 'assigned', 'unassigned', 'transferred', 'session_closed']
const isMoving = (event: LogEvent): event is Moving => moving.includes(event.type)

/** Where the event leaves the chat; null where it cannot be. Of chats in which nobody answers, and nobody is a supervisor. */
function moved(place: Place, event: Moving): Place | null {
  const from = event.at.getTime()
  const by = 'id' in event.actor ? event.actor.id : null
  switch (event.type) {
    case 'message':
      return place.kind === 'nowhere' ? { kind: 'queue', from, since: from, passed: false } : place
    case 'assigned':
      return place.kind === 'queue' ? { ...place, kind: 'agent', agent: event.body.agent.id, from } : null
    case 'unassigned': {
      if (place.kind !== 'agent' || event.body.agent.id !== place.agent) return null
      const isReleased = event.body.reason === 'released'
      if (isReleased && by !== place.agent) return null
      return { kind: 'queue', from, since: place.since, passed: place.passed || isReleased }
    }
    case 'transferred': {
      const isTheirs = place.kind === 'queue' || (place.kind === 'agent' && place.agent === by)
      if (!isTheirs || event.body.to.kind !== 'agent') return null
      return { ...place, kind: 'agent', agent: event.body.to.agent.id, from }
    }
    case 'session_closed':
      return place.kind === 'nowhere' ? null : { kind: 'nowhere' }
  }
}

function endOf(event: Moving): Waited['end'] {
  if (event.type === 'session_closed') return 'closed'
  return event.type === 'assigned' && event.body.reason !== 'taken' ? 'routed' : 'by hand'
}

/** What one chat's log says of whose it was. */
export function storyOf(log: readonly LogEvent[]): Story {
  const story: Story = { owned: [], waited: [], wrong: [] }
  let place: Place = { kind: 'nowhere' }
  for (const event of log.filter(isMoving)) {
    const { session, seq } = event
    const to = event.at.getTime()
    const next = moved(place, event)
    if (!next) story.wrong.push(`${session} ${seq}: ${event.type} while at ${JSON.stringify(place)}`)
    if (!next || next === place) continue
    if (place.kind === 'agent') story.owned.push({ session, agent: place.agent, from: place.from, to })
    if (place.kind === 'queue') {
      const { since, from, passed } = place
      story.waited.push({ session, since, from, to, passed, end: endOf(event) })
    }
    place = next
  }
  return story
}

/**
 * The most chats that each agent had at one moment, by their logs alone. An event is dated after the place in the capacity
 * was taken and before the former one is freed, so that by one clock the chats of one place never overlap.
 */
export function mostAtOnce(owned: readonly Owned[]): Map<string, number> {
  const steps = owned
    .flatMap(({ agent, from, to }) => [
      { agent, at: from, by: 1 },
      { agent, at: to, by: -1 },
    ])
    .sort((a, b) => a.at - b.at || a.by - b.by)
  const now = new Map<string, number>()
  const most = new Map<string, number>()
  for (const { agent, by } of steps) {
    now.set(agent, (now.get(agent) ?? 0) + by)
    most.set(agent, Math.max(most.get(agent) ?? 0, now.get(agent) ?? 0))
  }
  return most
}

/**
 * Chats that routing served while one that had waited longer, and that the same agent could have had, was in the queue from
 * `slack` before until `slack` after. Where all agents serve all chats.
 */
export function servedTooEarly(waited: readonly Waited[], slack: number): string[] {
  const older = waited.filter(({ passed }) => !passed)
  return waited
    .filter(({ end }) => end === 'routed')
    .flatMap((one) =>
      older
        .filter(({ since, from, to }) => since < one.since && from < one.to - slack && to > one.to + slack)
        .map(({ session, to }) => `${one.session} before ${session}, which waited ${to - one.to} ms more`),
    )
}

/** How many chats routing gave, in which time and at most in one second. */
export function paceOf(waited: readonly Waited[]): string {
  const times = waited
    .filter(({ end }) => end === 'routed')
    .map(({ to }) => to)
    .sort((a, b) => a - b)
  const within = times.map((start) => times.filter((time) => time >= start && time < start + 1_000).length)
  const lasted = (times.at(-1) ?? 0) - (times[0] ?? 0)
  const longest = Math.max(...waited.map(({ from, to }) => to - from))
  return `${times.length} given in ${lasted} ms, at most ${Math.max(...within)} in a second; the longest wait ${longest} ms`
}
