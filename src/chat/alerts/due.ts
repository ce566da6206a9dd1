import type { Alert } from '../../contract/slack-settings.ts'
import type { SessionSummary } from '../sessions/summary.ts'

/** Whoever waits: for anybody at all, or for the one who was given the chat and has not answered it. */
type Waiting = SessionSummary & { waitingSince: Date }

function isWaiting(state: SessionSummary): state is Waiting {
  const { status, waitingSince, asked, offline, assignee, answered } = state
  if (waitingSince === null || asked === null || offline || status === 'closed') return false
  return status === 'queued' || (assignee !== null && (answered === null || answered.at < assignee.since))
}

export interface Due {
  waitingSince: Date
  nth: number
}

/** Which telling of an alert is due, counted from 1. One that was missed is not made up for: the next is told later. */
export function dueOf(state: SessionSummary, { after, every, most }: Alert, now: number): Due | null {
  if (!isWaiting(state)) return null
  const { waitingSince, alerted } = state
  const last = alerted.find(({ rule }) => rule === after)
  if (!last) return now - waitingSince.getTime() >= after ? { waitingSince, nth: 1 } : null
  const isAgain = every !== undefined && last.nth < most && now - last.at.getTime() >= every
  return isAgain ? { waitingSince, nth: last.nth + 1 } : null
}
