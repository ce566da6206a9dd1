import type { FrozenCall, LinkView, Receipt } from '../../bridge/port.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { ZendeskApi } from './api.ts'
import { markedAs } from './audits.ts'
import type { Fields } from './fields.ts'
import type { Body } from './plan.ts'
import { receiptOf } from './receipt.ts'
import { newTicket } from './ticket.ts'
import { ZendeskError } from './transport.ts'

interface Deps {
  api: ZendeskApi
  fields(): Promise<Fields>
  now(): number
  logger: Logger
}

type Creation = Extract<Body, { kind: 'create' }>

/**
 * Makes a ticket. One that Zendesk refuses is made without what it may refuse it for: a group that is gone, an address
 * that it does not take or a suspended user's must not keep the chat away.
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

const words = { place: 'the inbox’s brand, group and form', email: 'the visitor’s email' } as const

function lesserThan(body: Creation): Attempt[] {
  const { tags = [], ...place } = body.settings ?? {}
  const { email, ...visitor } = body.visitor
  const elsewhere: Creation = { ...body, settings: { tags } }
  const isPlaced = Object.keys(place).length > 0
  return [
    ...(isPlaced ? [{ creation: elsewhere, without: ['place'] as const }] : []),
    ...(email !== undefined ? [{ creation: { ...body, visitor }, without: ['email'] as const }] : []),
    ...(isPlaced && email !== undefined
      ? [{ creation: { ...elsewhere, visitor }, without: ['place', 'email'] as const }]
      : []),
  ]
}

async function make(deps: Deps, call: FrozenCall, { creation, without }: Attempt, link: LinkView): Promise<Receipt> {
  const ticket = await newTicket({ api: deps.api, fields: deps.fields, link, body: creation })
  // A key of its own: Zendesk takes one content under one key.
  const key = [call.marker, ...without.map((part) => `without-${part}`)].join('-')
  const { ticket: made, audit } = await deps.api.createTicket({ ...ticket, ...markedAs(call) }, key)
  return receiptOf(made, audit, deps.now())
}
