import type { MailConfig } from '../../platform/settings.ts'
import type { WayOfAnswers } from '../mail/way-of-answers.ts'
import type { Whereabouts } from '../presence/presence.ts'
import { lastSignOfLife } from '../sessions/fold-missed.ts'
import type { SessionSummary } from '../sessions/summary.ts'

/** What an absent visitor's chat asks for now. */
interface Absence {
  /** Who answers does not know yet. */
  tell: boolean
  /** The answers are to go out: no other is likely to follow at once. */
  send: boolean
}

export type AbsenceTimes = Pick<MailConfig, 'afterGone' | 'burst' | 'burstMost'>

/** Null while the visitor has missed nothing, is there, has only just left, or nobody knows where they are. */
export function absenceIn(state: SessionSummary, where: Whereabouts, now: number, times: AbsenceTimes): Absence | null {
  const { missed, answered } = state
  if (!missed || where.kind !== 'gone' || now - (where.since ?? 0) < times.afterGone) return null
  const sinceLast = now - (answered?.at ?? missed.at).getTime()
  const sinceFirst = now - missed.at.getTime()
  return {
    tell: state.toldLeft !== lastSignOfLife(state),
    send: missed.ours && (sinceLast >= times.burst || sinceFirst >= times.burstMost),
  }
}

/** What whoever answers is told. */
export function leftText(way: WayOfAnswers, email: string | undefined): string {
  if (way === 'off') return 'The visitor has left. They will see answers when they come back.'
  if (email === undefined) return 'The visitor has left and gave no address. They will see answers when they come back.'
  return way === 'smtp'
    ? `The visitor has left. Answers go to ${email} by email.`
    : `The visitor has left. Answers go to ${email} by email, through the ticket.`
}
