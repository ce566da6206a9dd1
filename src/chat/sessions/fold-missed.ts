import type { LogEvent } from '../../contract/event.ts'
import type { Seq } from '../../contract/ids.ts'
import { type SessionSummary, visitorLeftRule } from './summary.ts'

/** Whether what people write there in public is mailed by that system itself, while the chat is not live. */
export const mailsItself = (origin: string): boolean => origin === 'zendesk'

/** Whether an answer reaches an absent visitor without us. */
export const mailedThere = ({ ticketMails }: Pick<SessionSummary, 'ticketMails'>, origin: string): boolean =>
  ticketMails && mailsItself(origin)

/** How far the visitor knows the chat: by reading it, or by email. */
export const knownUpTo = (state: Pick<SessionSummary, 'readUpTo' | 'visitor' | 'emailedUpTo'>): Seq =>
  Math.max(state.readUpTo[state.visitor.id] ?? 0, state.emailedUpTo)

/** The last that the visitor did. It names their absence: it stays the same as long as they are away. */
export const lastSignOfLife = (
  state: Pick<SessionSummary, 'asked' | 'readUpTo' | 'deliveredUpTo' | 'visitor'>,
): Seq => {
  const { id } = state.visitor
  return Math.max(state.asked?.seq ?? 1, state.readUpTo[id] ?? 0, state.deliveredUpTo[id] ?? 0)
}

/** Keeps which answers the visitor has missed so far, and whether somebody was told. `state`: with the event in it. */
export function foldMissed(state: SessionSummary, event: LogEvent): SessionSummary {
  switch (event.type) {
    case 'message': {
      const { actor, body, seq, at, origin } = event
      if (actor.kind === 'system' && actor.rule === visitorLeftRule)
        return { ...state, toldLeft: lastSignOfLife(state) }
      const isAnswer = (actor.kind === 'agent' || actor.kind === 'colleague') && !body.internal
      if (actor.kind === 'visitor') return { ...state, ticketMails: false }
      if (!isAnswer) return state
      const ours = (state.missed?.ours ?? false) || !mailedThere(state, origin)
      return { ...state, missed: { seq, at, ...state.missed, ours } }
    }
    case 'message_read':
      return { ...state, missed: stillMissed(state) }
    case 'emailed':
      return {
        ...state,
        missed: stillMissed(state),
        ticketMails: state.ticketMails || event.body.byTicket !== undefined,
      }
    case 'session_closed':
      return { ...state, ticketMails: true }
    case 'session_reopened':
      return { ...state, ticketMails: false }
    case 'erased':
      return { ...state, missed: null }
    default:
      return state
  }
}

function stillMissed(state: SessionSummary): SessionSummary['missed'] {
  const { missed, answered } = state
  const known = knownUpTo(state)
  if (!missed || !answered || missed.seq > known) return missed
  return answered.seq > known ? { seq: known + 1, at: answered.at, ours: missed.ours } : null
}
