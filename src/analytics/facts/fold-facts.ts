import type { EventOf, LogEvent } from '../../contract/event.ts'
import { definitionVersion } from '../../contract/metrics.ts'
import type { Fold } from '../../log/log.ts'
import type { Calendar } from '../calendar/calendar.ts'
import { type Arrival, arrivedOf } from './arrivals.ts'
import type { Arrived, Facts, Life, Response, Side, Took, Wait } from './facts.ts'
import { isQueued, type Standing } from './standing.ts'

export interface FoldDeps {
  standing: Pick<Fold<Standing>, 'apply'>
  calendar: Calendar
}

/** Takes a chat's events one after the other; what it comes to depends on nothing else. */
export interface FactsFold {
  take(event: LogEvent): void
  /** `arrivals`: what of it has come where; `before`: what was known of that earlier, which stays. Undefined: no event was taken. */
  facts(arrivals: readonly Arrival[], before: readonly Arrived[]): Facts | undefined
}

export function foldFacts({ standing, calendar }: FoldDeps): FactsFold {
  let state: Standing | undefined
  let seq = 0
  let isOffline = false
  /** When it began, or came back. */
  let bornAt = 0
  let queuedAt: number | null = null
  let held: { by: string; team: string | null; from: number } | null = null
  /** The visitor's first message that no person, and that no machine, has answered. */
  let askedAt: number | null = null
  let askedBotAt: number | null = null
  let answeredBy: string | null = null
  let isAsked = false

  const people = new Map<string, string>()
  const said = new Map<string, { at: number; side: Side; by: string | null; team: string | null; count: number }>()
  const days = new Map<string, number>()
  const questions: { seq: number; at: number }[] = []
  const waits: Wait[] = []
  const responses: Response[] = []
  const automated: Facts['automated'][number][] = []
  const holds: Facts['held'][number][] = []
  const lives: Life[] = []
  const reopenings: Facts['reopenings'][number][] = []
  const transfers: Facts['transfers'][number][] = []
  const ratings: Facts['ratings'][number][] = []

  /** Clocks of two machines may differ: nothing takes less than no time. */
  const took = (from: number, until: number): Took => ({
    ms: Math.max(0, until - from),
    businessMs: calendar.businessMs(from, until),
  })

  const queue = (before: Standing | undefined, after: Standing, at: number) => {
    if (isQueued(after)) queuedAt ??= at
    if (isQueued(after) || queuedAt === null) return
    const served = after.status === 'active'
    const by = after.assignee?.id ?? (served ? answeredBy : null)
    waits.push({
      from: queuedAt,
      until: Math.max(at, queuedAt),
      ...took(queuedAt, at),
      served,
      by,
      team: before?.team ?? null,
    })
    queuedAt = null
  }

  const hands = (after: Standing, at: number) => {
    const { assignee, team } = after
    if (assignee) people.set(assignee.id, assignee.name)
    if (assignee?.id === held?.by) return
    if (held) holds.push({ ...held, until: Math.max(at, held.from) })
    held = assignee ? { by: assignee.id, team, from: at } : null
  }

  const life = (before: Standing | undefined, after: Standing, event: LogEvent) => {
    const at = event.at.getTime()
    if (!before) bornAt = at
    if (before?.status === 'closed' && after.status !== 'closed') {
      reopenings.push({ at, by: lives.at(-1)?.by ?? null, team: lives.at(-1)?.team ?? null })
      bornAt = at
      isAsked = false
      answeredBy = null
    }
    if (event.type !== 'session_closed' || before?.status === 'closed') return
    const { reason } = event.body
    lives.push({
      ...{ from: bornAt, until: Math.max(at, bornAt), ...took(bornAt, at), isAsked },
      isAnswered: answeredBy !== null,
      isLeft: reason === 'visitor' || reason === 'timeout',
      by: before?.assignee?.id ?? answeredBy,
      team: before?.team ?? null,
    })
    askedAt = null
    askedBotAt = null
  }

  const count = (side: Side, by: string | null, at: number) => {
    const { start } = calendar.hourOf(at)
    const team = state?.team ?? null
    const key = `${start} ${side} ${by} ${team}`
    const before = said.get(key)
    if (before) before.count += 1
    else said.set(key, { at: start, side, by, team, count: 1 })
  }

  const stir = (at: number) => {
    const { day } = calendar.hourOf(at)
    if (!days.has(day)) days.set(day, at)
  }

  const message = ({ actor, body, at: date, seq: position }: EventOf<'message'>) => {
    const at = date.getTime()
    switch (actor.kind) {
      case 'visitor':
        count('visitor', null, at)
        stir(at)
        questions.push({ seq: position, at })
        isAsked = true
        askedAt ??= at
        askedBotAt ??= at
        return
      case 'agent':
      case 'colleague': {
        const by = actor.kind === 'agent' ? actor.id : `${actor.system}:${actor.id}`
        people.set(by, actor.name)
        count(body.internal ? 'note' : 'agent', by, at)
        if (body.internal) return
        stir(at)
        answeredBy = by
        if (askedAt === null) return
        responses.push({ at, isFirst: responses.length === 0, ...took(askedAt, at), by, team: state?.team ?? null })
        askedAt = null
        askedBotAt = null
        return
      }
      case 'bot':
        count('bot', null, at)
        if (askedBotAt !== null && askedAt !== null) automated.push({ at, ms: Math.max(0, at - askedBotAt) })
        askedBotAt = null
        return
      case 'system':
      case 'admin':
        count('bot', null, at)
    }
  }

  return {
    take(event) {
      const before = state
      const after = standing.apply(before, event)
      const at = event.at.getTime()
      seq = event.seq
      if (!before) isOffline = after.offline
      // A message that brings a chat back counts for the life that it begins.
      life(before, after, event)
      state = after
      if (event.type === 'message') message(event)
      queue(before, after, at)
      hands(after, at)
      if (event.type === 'transferred' && before?.status !== 'closed')
        transfers.push({ at, by: before?.assignee?.id ?? null, team: before?.team ?? null })
      const last = lives.at(-1)
      if (event.type === 'rated')
        ratings.push({ at, score: event.body.score, by: last?.by ?? null, team: last?.team ?? null })
    },
    facts(arrivals, before) {
      if (!state) return undefined
      return {
        ...{ inbox: state.inbox, channel: state.channel, tags: state.tags, status: state.status },
        ...{ version: definitionVersion, calendar: calendar.id, seq, isOffline },
        ...{ startedAt: state.createdAt, closedAt: state.closedAt },
        people: [...people].map(([id, name]) => ({ id, name })),
        said: [...said.values()],
        activeDays: [...days.values()],
        ...{ waits, responses, automated, held: holds, lives, reopenings, transfers, ratings },
        arrived: arrivedOf(questions, arrivals, before),
      }
    },
  }
}
