import type { EventOf } from '../../contract/event.ts'
import type { Seq } from '../../contract/ids.ts'
import type { Calendar } from '../calendar/calendar.ts'
import type { Facts, Side } from './facts.ts'
import { type Step, took } from './step.ts'

/** Who has written, and how soon they were answered. */
export function trackTalk(calendar: Calendar) {
  /** The visitor's first message that no person, and that no machine, has answered. */
  let askedAt: number | null = null
  let askedBotAt: number | null = null
  /** In this life of the chat. */
  let isAsked = false
  let answeredBy: string | null = null

  const people = new Map<string, string>()
  const said = new Map<string, Facts['said'][number]>()
  const days = new Map<string, number>()
  const questions: { seq: Seq; at: number }[] = []
  const responses: Facts['responses'][number][] = []
  const automated: Facts['automated'][number][] = []

  const count = (side: Side, by: string | null, { at, after: { team } }: Step) => {
    const { start } = calendar.hourOf(at)
    const key = `${start} ${side} ${by} ${team}`
    said.set(key, { at: start, side, by, team, count: (said.get(key)?.count ?? 0) + 1 })
  }
  const stir = (at: number) => {
    const { day } = calendar.hourOf(at)
    if (!days.has(day)) days.set(day, at)
  }

  const asks = (step: Step) => {
    const { at, event } = step
    count('visitor', null, step)
    stir(at)
    questions.push({ seq: event.seq, at })
    isAsked = true
    askedAt ??= at
    askedBotAt ??= at
  }
  const answers = (by: string, step: Step) => {
    const { at, after } = step
    count('agent', by, step)
    stir(at)
    answeredBy = by
    if (askedAt !== null)
      responses.push({ at, isFirst: responses.length === 0, ...took(calendar, askedAt, at), by, team: after.team })
    askedAt = null
    askedBotAt = null
  }
  const answersByItself = (step: Step) => {
    count('bot', null, step)
    if (askedBotAt !== null) automated.push({ at: step.at, ms: Math.max(0, step.at - askedBotAt) })
    askedBotAt = null
  }

  return {
    take(step: Step<EventOf<'message'>>) {
      const { actor, body } = step.event
      switch (actor.kind) {
        case 'visitor':
          return asks(step)
        case 'agent':
        case 'colleague': {
          const by = actor.kind === 'agent' ? actor.id : `${actor.system}:${actor.id}`
          people.set(by, actor.name)
          return body.internal ? count('note', by, step) : answers(by, step)
        }
        case 'bot':
          return body.internal ? count('note', null, step) : answersByItself(step)
        case 'system':
        case 'admin':
          return count('bot', null, step)
      }
    },
    /** What was said since the chat began, or came back. */
    life: () => ({ isAsked, answeredBy }),
    begin() {
      isAsked = false
      answeredBy = null
    },
    /** What was asked then is missed, and waits for no answer. */
    end() {
      askedAt = null
      askedBotAt = null
    },
    people,
    questions,
    facts: () => ({ said: [...said.values()], activeDays: [...days.values()], responses, automated }),
  }
}

export type Talk = ReturnType<typeof trackTalk>
