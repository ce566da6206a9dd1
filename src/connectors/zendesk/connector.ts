import type { Hono } from 'hono'
import {
  type Arrival,
  type Arrivals,
  type Budget,
  type Connector,
  type FrozenCall,
  type InboxItem,
  type LinkView,
  type Receipt,
  type Remote,
  RemoteFailure,
} from '../../bridge/port.ts'
import { EventKey } from '../../contract/ids.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { ZendeskConfig } from '../../platform/settings.ts'
import type { Ticket, Written, ZendeskApi } from './api.ts'
import { commentIdsOf, itemsOf, markerField, markerOf, RawComment } from './audits.ts'
import { createFields } from './fields.ts'
import { Body, type BudgetsOfTicket, planTicket, planUpdate } from './plan.ts'
import { zendeskRoutes } from './receiver.ts'
import { newTicket } from './ticket.ts'
import { ZendeskError } from './transport.ts'

export const zendeskName = 'zendesk'

export interface ZendeskDeps {
  config: ZendeskConfig
  api: ZendeskApi
  now(): number
  logger: Logger
}

/** One chat session is one ticket, or a row of follow-ups. */
export function createZendeskConnector(deps: ZendeskDeps): {
  connector: Connector
  mount(app: Hono, arrivals: Arrivals): void
} {
  const { api, config, now, logger } = deps
  const fields = createFields(api, { session: config.sessionField, user: config.userField })
  const requests: Budget = { key: 'zendesk:requests', ...config.requests }

  const budgetsOf = (link: LinkView): BudgetsOfTicket => ({
    create: [requests],
    update: [
      { key: `zendesk:ticket:${link.remote.thread}`, ...config.ticketUpdates },
      { key: 'zendesk:updates', ...config.updates },
      requests,
    ],
  })

  /** What the link remembers of a ticket: `stampAt` is when we heard of `stamp`, on our clock. */
  const remoteOf = (ticket: Ticket): Remote => ({ thread: ticket.id, stamp: ticket.updated_at, stampAt: String(now()) })
  const receiptOf = ({ ticket, audit }: Written): Receipt => ({
    remote: remoteOf(ticket),
    remoteIds: commentIdsOf(audit),
  })

  const findIn = async (ticket: string, call: FrozenCall): Promise<Receipt | null> => {
    for await (const { audits } of api.audits(ticket)) {
      const audit = audits.find((candidate) => markerOf(candidate) === call.marker)
      if (audit) return { remote: remoteOf(await api.showTicket(ticket)), remoteIds: commentIdsOf(audit) }
    }
    return null
  }

  const find = async (call: FrozenCall, link: LinkView): Promise<Receipt | null> => {
    const { thread } = link.remote
    const candidates = thread ? [thread] : (await api.ticketsOf(link.session)).map((ticket) => ticket.id)
    for (const ticket of candidates) {
      const receipt = await findIn(ticket, call).catch(thread ? gone : rethrow)
      if (receipt) return receipt
    }
    return null
  }

  const create = async (
    call: FrozenCall,
    body: Extract<Body, { kind: 'create' }>,
    link: LinkView,
  ): Promise<Receipt> => {
    const ticket = await newTicket({ api, fields, link, body })
    return receiptOf(await api.createTicket({ ...ticket, metadata: { [markerField]: call.marker } }, call.marker))
  }

  const update = async (
    ticket: string,
    call: FrozenCall,
    body: Extract<Body, { kind: 'comment' }>,
    link: LinkView,
  ): Promise<Receipt> => {
    const change = {
      comment: { body: body.text, public: body.public },
      ...(body.status && { status: body.status }),
      metadata: { [markerField]: call.marker },
      safe_update: true,
      updated_stamp: link.remote.stamp,
    }
    try {
      return receiptOf(await api.updateTicket(ticket, change))
    } catch (error) {
      if (!(error instanceof ZendeskError)) throw error
      return refusedUpdate(ticket, call, error, link)
    }
  }

  /** Somebody else changed the ticket, or we did and the answer was lost; or it takes no more changes at all. */
  const refusedUpdate = async (
    ticket: string,
    call: FrozenCall,
    error: ZendeskError,
    link: LinkView,
  ): Promise<Receipt> => {
    if (error.status === 409) {
      const ours = await find(call, link)
      if (ours) return ours
      throw new RemoteFailure(
        { kind: 'repair', remote: remoteOf(await api.showTicket(ticket)) },
        'the ticket had changed',
        { cause: error },
      )
    }
    if (error.status === 404) gone(error)
    if (error.status === 429 && error.failure.kind === 'limited') {
      throw new RemoteFailure({ ...error.failure, scope: 'link' }, error.message, { cause: error })
    }
    if (error.status === 422 && (await api.showTicket(ticket).catch(gone)).status === 'closed') {
      throw new RemoteFailure({ kind: 'repair', remote: { followUpOf: ticket } }, 'the ticket is closed', {
        cause: error,
      })
    }
    throw error
  }

  const connector: Connector = {
    name: zendeskName,
    wants: new Set(['message', 'session_closed']),
    lookBudget: requests,

    async next(link, events, readLog) {
      const budgets = budgetsOf(link)
      return link.remote.thread === undefined
        ? planTicket(events, link, budgets, readLog)
        : planUpdate(events, link, budgets, readLog)
    },

    async perform(call, link) {
      const body = Body.parse(call.body)
      const { thread } = link.remote
      if (body.kind === 'create') return create(call, body, link)
      if (thread === undefined)
        throw new RemoteFailure({ kind: 'repair', remote: link.remote }, 'there is no ticket to comment on')
      return update(thread, call, body, link)
    },

    find,

    async removeTwin(_thread, remoteId) {
      // Updates are compare-and-swap and creation is idempotent: a twin can only be a defect, and is not for us to redact.
      logger.error({ remoteId }, 'two comments carry one marker')
    },

    async missed({ thread }, after) {
      if (thread === undefined) return []
      const items: InboxItem[] = []
      for await (const page of api.audits(thread)) items.push(...itemsOf(thread, page))
      return items.filter((item) => after === null || item.order > after)
    },

    understand: async (item) => understand(item),
  }

  return {
    connector,
    mount(app, arrivals) {
      app.route(
        '/connectors/zendesk',
        zendeskRoutes({ name: zendeskName, secret: config.webhookSecret, arrivals, now, logger }),
      )
    },
  }
}

/** A deleted ticket: another one is made. */
function gone(error: unknown): never {
  if (!(error instanceof ZendeskError) || error.status !== 404) throw error
  throw new RemoteFailure({ kind: 'repair', remote: {} }, 'the ticket is gone', { cause: error })
}

function rethrow(error: unknown): never {
  throw error
}

const staff = new Set(['agent', 'admin', 'unknown'])

/** Public comments of people who work in Zendesk are for the customer; ours are known by their marker, not by who signed them. */
function understand(item: InboxItem): Arrival {
  const comment = RawComment.parse(item.raw)
  if (comment.marker !== null) return { kind: 'own', marker: comment.marker }
  if (!comment.public) return { kind: 'pass', reason: 'a private comment' }
  if (!staff.has(comment.author.role)) return { kind: 'pass', reason: 'not by an agent' }
  const { id, name } = comment.author
  return {
    kind: 'message',
    key: EventKey.parse(`zendesk:comment:${comment.id}`),
    author: { id, name },
    text: comment.body,
  }
}
