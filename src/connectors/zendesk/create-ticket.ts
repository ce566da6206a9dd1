import type { FrozenCall, LinkView, Receipt } from '../../bridge/port.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { ZendeskApi } from './api.ts'
import { markedAs } from './audits.ts'
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
 * takes no such value, an address that it does not take or a suspended user's must not keep the chat away.
 */
export async function createTicket(deps: Deps, call: FrozenCall, body: Creation, link: LinkView): Promise<Receipt> {
  const lesser = lesserThan(body)
  for (let attempt: Attempt = { creation: body, without: [] }; ; ) {
    try {
      return await make(deps, call, attempt, link)
    } catch (error) {
      const next = lesser.shift()
      if (!next || !(error instanceof ZendeskError) || error.status !== 422) throw error
      const without = next.without.map((part) => words[part]).join(' and ')
      deps.logger.warn({ session: link.session, err: error }, `ticket refused: making it without ${without}`)
      attempt = next
    }
  }
}

interface Attempt {
  creation: Creation
  without: readonly (keyof typeof words)[]
}

const words = {
  settings: 'the inbox’s brand, group, form, priority, fields and status, and an assignee',
  email: 'the visitor’s email',
} as const

function lesserThan(body: Creation): Attempt[] {
  const { email, ...visitor } = body.visitor
  const plain = plainly(body)
  return [
    ...(plain ? [{ creation: plain, without: ['settings'] as const }] : []),
    ...(email !== undefined ? [{ creation: { ...body, visitor }, without: ['email'] as const }] : []),
    ...(plain && email !== undefined
      ? [{ creation: { ...plain, visitor }, without: ['settings', 'email'] as const }]
      : []),
  ]
}

/** Null: nothing of the inbox's is in it but what Zendesk always takes. */
function plainly({ status, assignee, settings, ...rest }: Creation): Creation | null {
  const { brandId, groupId, formId, priority, fields, ...kept } = settings
  const isPlain = [status, assignee, brandId, groupId, formId, priority].every((one) => one === undefined)
  return isPlain && fields.length === 0 ? null : { ...rest, settings: { ...kept, fields: [] } }
}

async function make(deps: Deps, call: FrozenCall, { creation, without }: Attempt, link: LinkView): Promise<Receipt> {
  const ticket = await newTicket(deps, link, creation)
  // A key of its own: Zendesk takes one content under one key.
  const key = [call.marker, ...without.map((part) => `without-${part}`)].join('-')
  const { ticket: made, audit } = await deps.api.createTicket({ ...ticket, ...markedAs(call) }, key)
  return receiptOf(made, audit, { now: deps.now(), agent: creation.assignee })
}
