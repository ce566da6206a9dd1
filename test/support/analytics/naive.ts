import { foldSummary } from '../../../src/chat/sessions/fold-summary.ts'
import type { SessionSummary } from '../../../src/chat/sessions/summary.ts'
import type { Hours } from '../../../src/contract/hours.ts'
import type { Counted, Measured, Reckoning, Spread } from '../../../src/contract/measures.ts'
import { metrics } from '../../../src/contract/metrics.ts'
import { isOpen } from '../../../src/platform/opening-hours.ts'
import type { History } from './histories.ts'

/** One thing that was measured, with all that it can be asked by. */
interface Fact {
  of: Counted | Spread
  at: number
  /** How many, or ms. */
  value: number
  businessMs: number
  by: string | null
  team: string | null
  inbox: string
  channel: string
  tags: readonly string[]
}

const minute = 60_000

/** Counts the open minutes one by one. Times are whole minutes. */
function openMinutes(hours: Hours | null) {
  const known = new Map<number, boolean>()
  const open = (at: number) => {
    const before = known.get(at) ?? isOpen(hours, at)
    known.set(at, before)
    return before
  }
  return (from: number, until: number) => {
    let sum = 0
    for (let at = from; at < until; at += minute) sum += open(at) ? minute : 0
    return sum
  }
}

/** Everything that the definitions name, found by looking through a log again and again. */
export function factsOf({ inbox, events }: History, hours: Hours | null): Fact[] {
  const states: SessionSummary[] = []
  for (const event of events) states.push(foldSummary(states.at(-1), event))
  const business = openMinutes(hours)
  const last = states.at(-1)
  const facts: Fact[] = []
  const note = (of: Counted | Spread, at: number, rest: Partial<Fact> = {}, since?: number) =>
    facts.push({
      ...{ of, at, by: null, team: null, inbox, channel: last?.channel ?? '', tags: last?.tags ?? [] },
      ...(since === undefined
        ? { value: 1, businessMs: 0 }
        : { value: Math.max(0, at - since), businessMs: business(since, at) }),
      ...rest,
    })
  const at = (index: number) => events[index]?.at.getTime() ?? 0
  const isSaid = (index: number, side: 'visitor' | 'team') => {
    const event = events[index]
    if (event?.type !== 'message' || event.body.internal) return false
    return side === 'visitor' ? event.actor.kind === 'visitor' : ['agent', 'colleague'].includes(event.actor.kind)
  }
  const byOf = (index: number): string | null => {
    const actor = events[index]?.actor
    if (actor?.kind === 'colleague') return `${actor.system}:${actor.id}`
    return actor?.kind === 'agent' ? actor.id : null
  }
  const isClosing = (index: number) =>
    events[index]?.type === 'session_closed' && states[index - 1]?.status !== 'closed'
  const comesBack = (index: number) => states[index - 1]?.status === 'closed' && states[index]?.status !== 'closed'
  const isQueued = (index: number) => {
    const state = states[index]
    return state?.status === 'queued' && state.waitingSince !== null && !state.offline
  }
  /** Where the chat began, or came back, before a place. */
  const birthOf = (index: number) => {
    let birth = index
    while (birth > 0 && !comesBack(birth)) birth -= 1
    return birth
  }
  const between = (from: number, until: number) => Array.from({ length: Math.max(0, until - from) }, (_, n) => from + n)
  const closings = between(0, events.length).filter(isClosing)
  const whoseClosing = (index: number) => {
    const answers = between(birthOf(index), index).filter((one) => isSaid(one, 'team'))
    const by = states[index - 1]?.assignee?.id ?? (answers.length > 0 ? byOf(answers.at(-1) ?? 0) : null)
    return { by, team: states[index - 1]?.team ?? null }
  }

  let responses = 0
  let queuedAt: number | null = null
  const dayNames = new Set<string>()
  for (const index of between(0, events.length)) {
    const event = events[index]
    const [before, after] = [states[index - 1], states[index]]
    const team = after?.team ?? null
    if (!event || !after) continue
    if (comesBack(index)) note('reopened', at(index), whoseClosing(closings.findLast((one) => one < index) ?? 0))
    if (event.type === 'message') {
      const { actor, body } = event
      if (actor.kind === 'visitor') note('visitor_messages', at(index), { team })
      else if (actor.kind === 'agent' || actor.kind === 'colleague')
        note(body.internal ? 'notes' : 'agent_messages', at(index), { team, by: byOf(index) })
      else note('bot_messages', at(index), { team })
    }
    const settled = Math.max(
      closings.findLast((one) => one < index) ?? -1,
      between(0, index).findLast((one) => isSaid(one, 'team')) ?? -1,
    )
    const asked = between(settled + 1, index).find((one) => isSaid(one, 'visitor'))
    if (isSaid(index, 'team') && asked !== undefined) {
      const whose = { by: byOf(index), team }
      note(responses === 0 ? 'first_response' : 'later_response', at(index), whose, at(asked))
      responses += 1
    }
    if (event.type === 'message' && event.actor.kind === 'bot' && asked !== undefined) {
      const earlier = between(asked, index).findLast(
        (one) => events[one]?.type === 'message' && events[one]?.actor.kind === 'bot',
      )
      const unanswered = between(Math.max(asked, (earlier ?? -1) + 1), index).find((one) => isSaid(one, 'visitor'))
      if (unanswered !== undefined) note('automated_response', at(index), {}, at(unanswered))
    }
    if (isQueued(index)) queuedAt ??= at(index)
    else if (queuedAt !== null) {
      const served = after.status === 'active'
      const answers = between(birthOf(index), index + 1).filter((one) => isSaid(one, 'team'))
      const answered = served && answers.length > 0 ? byOf(answers.at(-1) ?? 0) : null
      const whose = { by: after.assignee?.id ?? answered, team: before?.team ?? null }
      const until = Math.max(at(index), queuedAt)
      note(served ? 'wait' : 'abandoned_after', until, whose, queuedAt)
      if (until > queuedAt) note('queued_ms', queuedAt, { ...whose, value: until - queuedAt })
      queuedAt = null
    }
    if (event.type === 'transferred' && before?.status !== 'closed')
      note('transferred', at(index), { by: before?.assignee?.id ?? null, team: before?.team ?? null })
    if (before?.assignee && before.assignee.id !== after.assignee?.id) {
      const since = between(0, index).findLast(
        (one) =>
          states[one]?.assignee?.id === before.assignee?.id && states[one - 1]?.assignee?.id !== before.assignee?.id,
      )
      const from = at(since ?? 0)
      note(
        'handling',
        Math.max(at(index), from),
        { by: before.assignee.id, team: states[since ?? 0]?.team ?? null },
        from,
      )
    }
    if (isClosing(index) && event.type === 'session_closed') {
      const birth = birthOf(index - 1)
      const whose = whoseClosing(index)
      const said = (side: 'visitor' | 'team') => between(birth, index).some((one) => isSaid(one, side))
      note('closed', Math.max(at(index), at(birth)), whose)
      note('duration', Math.max(at(index), at(birth)), whose, at(birth))
      if (said('team')) note('answered', Math.max(at(index), at(birth)), whose)
      else if (said('visitor')) {
        note('missed', Math.max(at(index), at(birth)), whose)
        if (event.body.reason !== 'agent') note('abandoned', Math.max(at(index), at(birth)), whose)
      }
    }
    if (event.type === 'rated') {
      const closing = closings.findLast((one) => one < index)
      const whose = closing === undefined ? {} : whoseClosing(closing)
      note('ratings', at(index), whose)
      note('score', at(index), { ...whose, value: event.body.score })
      if (event.body.score >= 4) note('satisfied', at(index), whose)
    }
    if (isSaid(index, 'visitor') || isSaid(index, 'team')) {
      const day = localDay(at(index), hours?.timeZone ?? 'UTC')
      if (!dayNames.has(day)) note('active_days', at(index))
      dayNames.add(day)
    }
  }
  const since = (names: readonly string[], beginningOf: (fact: Fact) => number) =>
    facts
      .filter(({ of }) => names.includes(of))
      .map((fact) => ({ by: fact.by, team: fact.team, at: beginningOf(fact) }))
  const [first] = [
    ...since(['wait'], (wait) => wait.at),
    ...since(['handling'], (held) => held.at - held.value),
    ...since(['first_response', 'later_response'], (answer) => answer.at),
  ].sort((one, other) => one.at - other.at)
  const whose = first ? { by: first.by, team: first.team } : {}
  note('started', at(0), whose)
  if (states[0]?.offline) note('offline', at(0), whose)
  return facts
}

export const localDay = (at: number, timeZone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at)

/** All figures of these facts; percentiles from the sorted times. */
export function figuresOf(facts: readonly Fact[], hours: Reckoning, periodMs: number): Record<string, number | null> {
  const of = (name: string) => facts.filter((fact) => fact.of === name)
  const measured: Measured = {
    sum: (name) => of(name).reduce((sum, { value }) => sum + value, 0),
    spread: (name) => {
      const times = of(name)
        .map(({ value, businessMs }) =>
          hours === 'business' && name !== 'handling' && name !== 'automated_response' ? businessMs : value,
        )
        .sort((a, b) => a - b)
      return {
        count: times.length,
        sum: times.reduce((sum, one) => sum + one, 0),
        quantile: (share) => times[Math.max(0, Math.ceil(share * times.length) - 1)] ?? null,
      }
    },
    longestQueue: 0,
    periodMs,
  }
  return Object.fromEntries(metrics.map((metric) => [metric.id, metric.reckon(measured).value]))
}
