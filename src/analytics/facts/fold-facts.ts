import type { LogEvent } from '../../contract/event.ts'
import { definitionVersion } from '../../contract/metrics.ts'
import type { Fold } from '../../log/log.ts'
import type { Calendar } from '../calendar/calendar.ts'
import { type Arrival, arrivedOf } from './arrivals.ts'
import type { Arrived, Facts } from './facts.ts'
import type { Standing } from './standing.ts'
import { trackHands } from './track-hands.ts'
import { trackLives } from './track-lives.ts'
import { trackTalk } from './track-talk.ts'

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
  const talk = trackTalk(calendar)
  const lives = trackLives(calendar, talk)
  const hands = trackHands(calendar, talk)

  return {
    take(event) {
      const after = standing.apply(state, event)
      const step = { event, at: event.at.getTime(), before: state, after }
      if (!state) isOffline = after.offline
      // First whether it lives: a message that brings a chat back counts for the life that it begins.
      lives.take(step)
      if (event.type === 'message') talk.take({ ...step, event })
      hands.take(step)
      state = after
      seq = event.seq
    },
    facts(arrivals, before) {
      if (!state) return undefined
      return {
        ...{ inbox: state.inbox, channel: state.channel, tags: state.tags, status: state.status },
        ...{ version: definitionVersion, calendar: calendar.id, seq, isOffline },
        ...{ startedAt: state.createdAt, closedAt: state.closedAt },
        people: [...talk.people].map(([id, name]) => ({ id, name })),
        ...{ ...talk.facts(), ...hands.facts(), ...lives.facts() },
        arrived: arrivedOf(talk.questions, arrivals, before),
      }
    },
  }
}
