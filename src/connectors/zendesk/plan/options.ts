import type { InboxSettings, LinkTo, ReadLog } from '../../../bridge/port.ts'
import type { BudgetsOfTicket } from './comment.ts'

/** What a plan is made with. */
export interface PlanOptions {
  budgets: BudgetsOfTicket
  readLog: ReadLog
  linkTo: LinkTo
  inboxes: Pick<InboxSettings, 'find'>
  /** Whether Zendesk is to mail the visitor what was said; no, where our own mail server does. */
  mailsInPublic: boolean
}
