import { EventKey } from '../../contract/ids.ts'
import type { Inbox } from '../../contract/inbox.ts'
import { isOpen } from '../../platform/opening-hours.ts'
import type { SessionSummary } from '../sessions/summary.ts'

export type RuleName = 'greeting' | 'nobody-there' | 'while-waiting'

/** What a rule must know besides the chat. `nobodyThere`: of those who may get it; null while nobody can tell. */
export interface Facts {
  nobodyThere: boolean | null
}

/** Something to be said by the service itself. The key names what caused it, so that it is said once. */
export interface Said {
  key: EventKey
  text: string
}

type Rule = (state: SessionSummary, inbox: Inbox, facts: Facts, now: number) => Said | null

/** The one table of what is said by itself, and when. A rule is asked again on the newest tail before it speaks. */
export const rules: Record<RuleName, Rule> = {
  /** Before the visitor's first words; what comes later greets nobody. */
  greeting({ status, asked, answered, offline, closedSeq, said }, { greeting }) {
    const isUntouched = status === 'queued' && !asked && !answered && closedSeq === null
    const isNew = isUntouched && !offline && !said.includes('greeting')
    return isNew && greeting !== null ? { key: keyOf('greeting', 1), text: greeting } : null
  },

  /** To a visitor who has written when nobody of the team is there, though it is open. */
  'nobody-there'(state, { automation, hours }, { nobodyThere }, now) {
    const text = automation.nobodyThere
    const cause = stretchOf(state)
    const hasWritten = state.asked !== null && state.asked.seq > cause
    const speaks = isWaiting(state) && hasWritten && nobodyThere === true && isOpen(hours, now)
    return speaks && text !== null && !state.said.includes('nobody-there')
      ? { key: keyOf('nobody-there', cause), text }
      : null
  },

  'while-waiting'(state, { automation }, _facts, now) {
    const setting = automation.whileWaiting
    if (!setting || !isWaiting(state) || state.said.includes('while-waiting')) return null
    const isLong = now - state.waitingSince.getTime() >= setting.after
    return isLong ? { key: keyOf('while-waiting', stretchOf(state)), text: setting.text } : null
  },
}

const keyOf = (rule: RuleName, cause: number): EventKey => EventKey.parse(`auto:${rule}:${cause}`)

/** A stretch of waiting ends with an answer or a closing: the last of them names the one that follows it. */
const stretchOf = ({ answered, closedSeq }: SessionSummary): number => Math.max(answered?.seq ?? 0, closedSeq ?? 0)

/** In the queue, with somebody who has said what it is about. What was left outside the hours is not waited for. */
const isWaiting = (state: SessionSummary): state is SessionSummary & { waitingSince: Date } =>
  state.status === 'queued' && state.waitingSince !== null && state.asked !== null && !state.offline
