import type { z } from 'zod'
import type { LinkView } from '../../../src/bridge/port/call.ts'
import { planTicket } from '../../../src/connectors/zendesk/plan/plan-ticket.ts'
import { planUpdate } from '../../../src/connectors/zendesk/plan/plan-update.ts'
import type { LogEvent } from '../../../src/contract/event.ts'
import { Inbox } from '../../../src/contract/inbox.ts'
import { aLink, readOf } from './events.ts'

const budget = (key: string) => ({ key, limit: 10, windowMs: 1_000, burst: 1 })
export const budgets = { create: [budget('create')], update: [budget('update')] }

/** When the ticket's stamp was heard of. */
export const heard = 1_700_000_000_000
const ticket = { thread: '7', stamp: '2026-01-02T12:00:00Z', stampAt: String(heard), status: 'open' }

export interface Planned {
  remote?: LinkView['remote']
  partsDone?: number
  again?: true
  mailsInPublic?: boolean
  inbox?: Partial<z.input<typeof Inbox>>
}

export const anInbox = (wanted: Planned['inbox'] = {}) =>
  Inbox.parse({ key: 'default', name: 'Our shop', allowedOrigins: ['*'], ...wanted })

const optionsOf = (log: readonly LogEvent[], { mailsInPublic = true, inbox }: Planned) => ({
  budgets,
  linkTo: ({ id }: { id: string }) => `https://files.example/${id}`,
  readLog: readOf(log),
  inboxes: { find: async () => anInbox(inbox) },
  mailsInPublic,
})

/** The call that makes the ticket, planned for `events` of a log. */
export const ticketFor = (log: readonly LogEvent[], events: readonly LogEvent[], planned: Planned = {}) =>
  planTicket(events, aLink(planned.remote), optionsOf(log, planned))

/** The next call for the ticket that is there. */
export const updateFor = (log: readonly LogEvent[], events: readonly LogEvent[], planned: Planned = {}) =>
  planUpdate(
    events,
    { ...aLink({ ...ticket, ...planned.remote }, planned.partsDone), ...(planned.again && { again: planned.again }) },
    optionsOf(log, planned),
  )
