import type { Receipt, Remote } from '../../bridge/port/call.ts'
import type { Audit, Ticket } from './api.ts'
import { commentIdsOf, orderOf } from './audits.ts'

/** What is known of a ticket besides how it stands. */
interface Known {
  /** On our clock, epoch ms. */
  now: number
  /** The order of the last audit that is known to be ours. */
  audit?: string | undefined
  /** Whose the ticket was made by us last. */
  agent?: string | undefined
  /** Of a ticket that was not made for the chat: the order of the audit by which the chat came into it. */
  guestSince?: string | undefined
}

/**
 * What the link remembers of its ticket. `stampAt`: when we heard of `stamp`; `tags`: as they were at `stamp`, with a space
 * between two.
 */
export const remoteOf = (ticket: Ticket, { now, audit, agent, guestSince }: Known): Remote => ({
  thread: ticket.id,
  stamp: ticket.updated_at,
  stampAt: String(now),
  status: ticket.status,
  tags: ticket.tags.join(' '),
  ...(audit !== undefined && { audit }),
  ...(agent !== undefined && { agent }),
  ...(guestSince !== undefined && { guestSince }),
})

export const receiptOf = (ticket: Ticket, audit: Audit, known: Omit<Known, 'audit'>): Receipt => ({
  remote: remoteOf(ticket, { ...known, audit: orderOf(audit) }),
  remoteIds: commentIdsOf(audit),
})
