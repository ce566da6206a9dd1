import zendesk from 'node-zendesk'
import { z } from 'zod'
import type { Authorization } from './authorization.ts'
import { createTransport } from './transport.ts'

/** Ids may pass 2^53 one day; they are kept as text. */
const Id = z.union([z.number(), z.string()]).transform(String)

const Ticket = z.object({ id: Id, status: z.string(), updated_at: z.string() })
export type Ticket = z.infer<typeof Ticket>

const Comment = z.object({
  id: Id,
  type: z.literal('Comment'),
  public: z.boolean(),
  body: z.string().nullish(),
  author_id: Id,
})
export type Comment = z.infer<typeof Comment>
const OtherEvent = z.object({ type: z.string() })

const Audit = z.object({
  id: Id,
  events: z.array(z.union([Comment, OtherEvent])),
  metadata: z.object({ custom: z.record(z.string(), z.unknown()).nullish() }).nullish(),
})
export type Audit = z.infer<typeof Audit>

const User = z.object({ id: Id, name: z.string(), role: z.string() })
export type User = z.infer<typeof User>

const AuditPage = z.object({
  audits: z.array(Audit),
  users: z.array(User).default([]),
  meta: z.object({ has_more: z.boolean(), after_cursor: z.string().nullish() }).optional(),
})
const Written = z.object({ ticket: Ticket, audit: Audit })
const Field = z.object({ id: z.number(), title: z.string() })

/** A ticket and the audit of what was just written to it. */
export type Written = z.infer<typeof Written>

export interface ZendeskApi {
  createTicket(ticket: object, idempotencyKey: string): Promise<Written>
  updateTicket(id: string, ticket: object): Promise<Written>
  showTicket(id: string): Promise<Ticket>
  ticketsOf(externalId: string): Promise<Ticket[]>
  /** Every audit of a ticket, oldest first, with the users that appear in it. */
  audits(id: string): AsyncGenerator<{ audits: Audit[]; users: User[] }>
  upsertUser(user: object): Promise<string>
  fields(): Promise<{ id: number; title: string }[]>
  createField(title: string): Promise<number>
}

export const isComment = (event: Audit['events'][number]): event is Comment => 'author_id' in event

/** The only file that calls Zendesk, through the SDK and one transport. */
export function createZendeskApi(options: {
  url: string
  authorization: Authorization
  timeoutMs: number
}): ZendeskApi {
  const { call, config } = createTransport(options)
  const client = zendesk.createClient({
    endpointUri: `${options.url.replace(/\/$/, '')}/api/v2`,
    // The transport sets the real header; the SDK wants some token to begin with.
    oauth: true,
    token: 'set-by-the-transport',
    throwOriginalException: true,
    transportConfig: config,
  })

  return {
    createTicket: (ticket, key) => call(Written, () => client.tickets.create({ ticket }), { 'Idempotency-Key': key }),
    updateTicket: (id, ticket) => call(Written, () => client.tickets.update(Number(id), { ticket })),
    async showTicket(id) {
      return (await call(z.object({ ticket: Ticket }), () => client.tickets.show(Number(id)))).ticket
    },
    async ticketsOf(externalId) {
      const query = `?external_id=${encodeURIComponent(externalId)}`
      return (await call(z.object({ tickets: z.array(Ticket) }), () => client.tickets.get(['tickets', query]))).tickets
    },
    async *audits(id) {
      for (let cursor: string | null = null; ; ) {
        const after: string = cursor ? `&page[after]=${encodeURIComponent(cursor)}` : ''
        const query = `?page[size]=100&include=users${after}`
        const page: z.infer<typeof AuditPage> = await call(AuditPage, () =>
          client.tickets.get(['tickets', Number(id), 'audits', query]),
        )
        yield page
        cursor = page.meta?.has_more ? (page.meta.after_cursor ?? null) : null
        if (cursor === null) return
      }
    },
    async upsertUser(user) {
      return (await call(z.object({ user: z.object({ id: Id }) }), () => client.users.createOrUpdate({ user }))).user.id
    },
    async fields() {
      return (
        await call(z.object({ ticket_fields: z.array(Field) }), () =>
          client.ticketfields.get(['ticket_fields', '?page[size]=100']),
        )
      ).ticket_fields
    },
    async createField(title) {
      const field = { title, type: 'text', description: 'Set by Deskbridge' }
      return (await call(z.object({ ticket_field: Field }), () => client.ticketfields.create({ ticket_field: field })))
        .ticket_field.id
    },
  }
}
