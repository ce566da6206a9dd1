import type { FrozenCall, LinkView, Receipt } from '../../bridge/port/call.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { ZendeskApi } from './api.ts'
import { markedAs } from './audits.ts'
import { type Attempt, lesserThan } from './lesser-ticket.ts'
import { tell } from './odd-states.ts'
import type { Creation } from './plan/body.ts'
import { receiptOf } from './receipt.ts'
import { type NewTicketDeps, newTicket } from './ticket.ts'
import { ZendeskError } from './transport.ts'

interface Deps extends NewTicketDeps {
  api: ZendeskApi
  now(): number
  logger: Logger
}

/**
 * Makes a ticket. One that Zendesk refuses is made without what it may refuse it for: a group that is gone, a field that
 * takes no such value or is required, an address that it does not take or a suspended user must not keep the chat away.
 */
export async function createTicket(deps: Deps, call: FrozenCall, body: Creation, link: LinkView): Promise<Receipt> {
  for (let attempt: Attempt = { creation: body, without: [] }; ; ) {
    try {
      return await make(deps, call, attempt, link)
    } catch (error) {
      if (!(error instanceof ZendeskError) || error.status !== 422) throw error
      const lesser = lesserThan(attempt, error.refusal)
      if (!lesser) throw error
      tell(deps.logger, `without_${lesser.part}`, { session: link.session, err: error })
      attempt = lesser.attempt
    }
  }
}

async function make(deps: Deps, call: FrozenCall, { creation, without }: Attempt, link: LinkView): Promise<Receipt> {
  const ticket = await newTicket(deps, link, creation, without.includes('requester') ? 'deskbridge' : 'visitor')
  // A key of its own: Zendesk takes one content under one key.
  const key = [call.marker, ...without.map((part) => `without-${part}`)].join('-')
  const { ticket: made, audit } = await deps.api.createTicket({ ...ticket, ...markedAs(call) }, key)
  return receiptOf(made, audit, { now: deps.now(), agent: creation.assignee })
}
