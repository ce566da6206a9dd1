import type { InboxSettings, LinkTo } from '../../../bridge/port/asked.ts'
import type { ReadLog } from '../../../bridge/port/call.ts'
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
