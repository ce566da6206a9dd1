import type { Counted, Spread } from '../../contract/measures.ts'
import { type Calendar, endOfHour, type LocalHour } from '../calendar/calendar.ts'
import type { Span } from '../calendar/span.ts'
import type { Arrived, Facts, Side, Took, Whose } from '../facts/facts.ts'

/** What a chat adds to an hour: so many of something, or one time. */
export type Contribution = Whose & { hour: LocalHour; at: number } & (
    | { kind: 'count'; of: Counted; count: number }
    | ({ kind: 'time'; of: Spread } & Took)
  )

const counted: Record<Side, Counted> = {
  visitor: 'visitor_messages',
  agent: 'agent_messages',
  bot: 'bot_messages',
  note: 'notes',
}

const carried: Record<Arrived['to'], Spread> = { slack: 'to_slack', zendesk: 'to_zendesk', webhook: 'to_webhook' }

const nobody: Whose = { by: null, team: null }

/** Everything that a chat adds, each to the hour in which it happened. */
export function* contributionsOf(facts: Facts, calendar: Calendar): Generator<Contribution> {
  const counts = (of: Counted, at: number, whose: Whose, count = 1): Contribution => ({
    ...{ kind: 'count', of, count, at, hour: calendar.hourOf(at) },
    ...{ by: whose.by, team: whose.team },
  })
  const takes = (of: Spread, at: number, { ms, businessMs }: Took, whose: Whose): Contribution => ({
    ...{ kind: 'time', of, ms, businessMs, at, hour: calendar.hourOf(at) },
    ...{ by: whose.by, team: whose.team },
  })

  const startedAt = facts.startedAt.getTime()
  const first = firstOf(facts)
  yield counts('started', startedAt, first)
  if (facts.isOffline) yield counts('offline', startedAt, first)
  for (const at of facts.activeDays) yield counts('active_days', at, nobody)
  for (const one of facts.said) yield counts(counted[one.side], one.at, one, one.count)
  for (const one of facts.reopenings) yield counts('reopened', one.at, one)
  for (const one of facts.transfers) yield counts('transferred', one.at, one)
  for (const wait of facts.waits) {
    yield takes(wait.served ? 'wait' : 'abandoned_after', wait.until, wait, wait)
    for (const [at, ms] of inHours(wait, calendar)) yield counts('queued_ms', at, wait, ms)
  }
  for (const one of facts.responses) yield takes(one.isFirst ? 'first_response' : 'later_response', one.at, one, one)
  for (const one of facts.automated) yield takes('automated_response', one.at, byTheClock(one.ms), nobody)
  for (const one of facts.held) yield takes('handling', one.until, byTheClock(one.until - one.from), one)
  for (const life of facts.lives) {
    yield counts('closed', life.until, life)
    yield takes('duration', life.until, life, life)
    if (life.isAnswered) yield counts('answered', life.until, life)
    if (!life.isAsked || life.isAnswered) continue
    yield counts('missed', life.until, life)
    if (life.isLeft) yield counts('abandoned', life.until, life)
  }
  for (const one of facts.ratings) {
    yield counts('ratings', one.at, one)
    yield counts('score', one.at, one, one.score)
    if (one.score >= 4) yield counts('satisfied', one.at, one)
  }
  for (const one of facts.arrived) yield takes(carried[one.to], one.at, byTheClock(one.ms), nobody)
}

/** Whoever had it first, or answered before anybody had it. */
function firstOf({ waits, held, responses }: Facts): Whose {
  const served = waits.filter((wait) => wait.served).map((wait) => ({ ...wait, since: wait.until }))
  const had = held.map((one) => ({ ...one, since: one.from }))
  const answered = responses.map((one) => ({ ...one, since: one.at }))
  const [first] = [...served, ...had, ...answered].sort((one, other) => one.since - other.since)
  return first ?? nobody
}

/** Machines do not close, and an agent who has a chat works. */
const byTheClock = (ms: number): Took => ({ ms, businessMs: ms })

/** A stretch, cut where the hours change: from when, and how long. */
function* inHours({ from, until }: Span, calendar: Calendar): Generator<[number, number]> {
  for (let at = from; at < until; ) {
    const end = Math.min(until, endOfHour(at, calendar))
    yield [at, end - at]
    at = end
  }
}

/** The beginnings of all hours to which a chat adds something, be it to somebody's time. */
export function hoursOf(facts: Facts, calendar: Calendar): Set<number> {
  const hours = new Set<number>()
  for (const { hour: of } of contributionsOf(facts, calendar)) hours.add(of.start)
  for (const span of facts.held) for (const [at] of inHours(span, calendar)) hours.add(calendar.hourOf(at).start)
  return hours
}
