import type { Receipt, Remote } from '../../bridge/port.ts'
import type { Audit, Ticket } from './api.ts'
import { commentIdsOf, orderOf } from './audits.ts'

/**
 * What the link remembers of its ticket. `stampAt`: when we heard of `stamp`, on our clock, epoch ms; `audit`: the order of
 * the last audit that is known to be ours; `tags`: as they were at `stamp`, with a space between two.
 */
export const remoteOf = (ticket: Ticket, now: number, audit: string | undefined): Remote => ({
  thread: ticket.id,
  stamp: ticket.updated_at,
  stampAt: String(now),
  status: ticket.status,
  tags: ticket.tags.join(' '),
  ...(audit !== undefined && { audit }),
})

export const receiptOf = (ticket: Ticket, audit: Audit, now: number): Receipt => ({
  remote: remoteOf(ticket, now, orderOf(audit)),
  remoteIds: commentIdsOf(audit),
})
