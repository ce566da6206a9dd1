import type { Calendar } from '../calendar/calendar.ts'
import type { Facts, Life, Whose } from './facts.ts'
import { type Step, took } from './step.ts'
import type { Talk } from './track-talk.ts'

/** How a chat began, was closed, came back, and what was given for it. */
export function trackLives(calendar: Calendar, talk: Pick<Talk, 'life' | 'begin' | 'end'>) {
  let bornAt = 0
  const lives: Life[] = []
  const reopenings: Facts['reopenings'][number][] = []
  const ratings: Facts['ratings'][number][] = []

  /** Who had it at the last closing. */
  const lastWhose = (): Whose => ({ by: lives.at(-1)?.by ?? null, team: lives.at(-1)?.team ?? null })

  const comesBack = ({ at }: Step) => {
    reopenings.push({ at, ...lastWhose() })
    bornAt = at
    talk.begin()
  }
  const ends = ({ at, before }: Step, reason: 'visitor' | 'agent' | 'admin' | 'timeout') => {
    const { isAsked, answeredBy } = talk.life()
    lives.push({
      ...{ from: bornAt, until: Math.max(at, bornAt), ...took(calendar, bornAt, at) },
      ...{ isAsked, isAnswered: answeredBy !== null, isLeft: reason === 'visitor' || reason === 'timeout' },
      ...{ by: before?.assignee?.id ?? answeredBy, team: before?.team ?? null },
    })
    talk.end()
  }

  return {
    take(step: Step) {
      const { event, at, before, after } = step
      if (!before) bornAt = at
      if (before?.status === 'closed' && after.status !== 'closed') comesBack(step)
      if (event.type === 'session_closed' && before?.status !== 'closed') ends(step, event.body.reason)
      if (event.type === 'rated') ratings.push({ at, score: event.body.score, ...lastWhose() })
    },
    facts: () => ({ lives, reopenings, ratings }),
  }
}
