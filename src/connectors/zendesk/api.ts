import { z } from 'zod'
import { allPages, Id, Meta, nextOf, pageFrom, type ZendeskSdk } from './sdk.ts'

const Ticket = z.object({
  id: Id,
  status: z.string(),
  updated_at: z.string(),
  tags: z.array(z.string()).default([]),
  external_id: z.string().nullish(),
})
export type Ticket = z.infer<typeof Ticket>

const Comment = z.object({
  id: Id,
  type: z.literal('Comment'),
  public: z.boolean(),
  body: z.string().nullish(),
  html_body: z.string().nullish(),
  attachments: z
    .array(z.object({ content_url: z.string(), file_name: z.string().catch(''), size: z.number().nullish() }))
    .nullish(),
  author_id: Id,
})
export type Comment = z.infer<typeof Comment>
const Change = z.object({
  type: z.literal('Change'),
  field_name: z.string(),
  value: z.union([z.string(), z.number(), z.null()]).catch(null),
})
export type Change = z.infer<typeof Change>
const OtherEvent = z.object({ type: z.string() })

/** Why an audit is there. `rel`: `merge` of one that merged tickets; `from` then names them in the one that stays. */
const Via = z.object({
  channel: z.union([z.string(), z.number()]).nullish(),
  source: z
    .object({
      rel: z.string().nullish(),
      from: z
        .object({ ticket_id: Id.nullish(), ticket_ids: z.array(Id).nullish() })
        .nullish()
        .catch(null),
    })
    .nullish()
    .catch(null),
})

const Audit = z.object({
  id: Id,
  author_id: Id.nullish().catch(null),
  events: z.array(z.union([Comment, Change, OtherEvent])),
  via: Via.nullish().catch(null),
  metadata: z
    .object({ custom: z.record(z.string(), z.unknown()).nullish().catch(null) })
    .nullish()
    .catch(null),
})
export type Audit = z.infer<typeof Audit>

const User = z.object({
  id: Id,
  name: z.string(),
  role: z.string(),
  email: z.string().nullish(),
  verified: z.boolean().nullish().catch(null),
  photo: z.object({ content_url: z.string() }).nullish().catch(null),
})
export type User = z.infer<typeof User>

const AuditPage = z.object({ audits: z.array(Audit), users: z.array(User).default([]), meta: Meta })
const Written = z.object({ ticket: Ticket, audit: Audit })
const TicketChanges = z.object({
  tickets: z.array(Ticket),
  after_cursor: z.string().nullable(),
  end_of_stream: z.boolean(),
})
interface TicketChanges {
  tickets: Ticket[]
  /** Null: none has changed. */
  next: string | null
  more: boolean
}
const Identities = z.object({
  identities: z.array(
    z.object({ type: z.string(), value: z.string(), verified: z.boolean(), primary: z.boolean().default(false) }),
  ),
})
const Uploaded = z.object({ upload: z.object({ token: z.string() }) })
const Field = z.object({
  id: z.number(),
  title: z.string(),
  type: z.string(),
  active: z.boolean().default(true),
  /** Before a ticket can be solved. */
  required: z.boolean().default(false),
})
const FieldPage = z.object({ ticket_fields: z.array(Field), meta: Meta })
export type Field = z.infer<typeof Field>

/** A ticket and the audit of what was just written to it. */
type Written = z.infer<typeof Written>

export interface AuditPage {
  audits: Audit[]
  /** Who appears in them. */
  users: User[]
  /** Where the next page begins; null after the last. */
  next: string | null
}

/** `html_body`: the comment's own, with `<redact>` around what is to go; `external_attachment_urls`: the files to go. */
export interface Redaction {
  ticket_id: number
  html_body: string
  external_attachment_urls: string[]
}

export interface ZendeskApi {
  /** All requests of `run` share one time-out. */
  inTime<T>(run: () => Promise<T>): Promise<T>
  createTicket(ticket: object, idempotencyKey: string): Promise<Written>
  updateTicket(id: string, ticket: object): Promise<Written>
  showTicket(id: string): Promise<Ticket>
  commentsIn(ticket: string): Promise<number>
  ticketsOf(externalId: string): Promise<Ticket[]>
  /** Tickets that changed after a cursor, or since a time (epoch s, a minute ago at least), oldest change first. */
  changedTickets(since: { cursor: string } | { startTime: number }): Promise<TicketChanges>
  /** A page of a ticket's audits, oldest first; from the beginning for `null`. */
  audits(id: string, cursor: string | null): Promise<AuditPage>
  /** For good, closed and archived tickets included. Throws `ZendeskError`. */
  redactComment(comment: string, redaction: Redaction): Promise<void>
  upsertUser(user: object): Promise<string>
  showUser(id: string): Promise<User>
  usersByEmail(email: string): Promise<User[]>
  /** Of a user, the first one first. */
  verifiedEmails(user: string): Promise<string[]>
  /** Puts a file at an upload's `token`, or at a new one's: what a comment names has it attached. Good for an hour. */
  upload(file: { name: string; type: string; bytes: Uint8Array<ArrayBuffer> }, token: string | null): Promise<string>
  fields(): Promise<Field[]>
  createField(title: string): Promise<Field>
}

export const isChange = (event: Audit['events'][number]): event is Change => 'field_name' in event
export const isComment = (event: Audit['events'][number]): event is Comment => 'author_id' in event

/** What a chat needs of Zendesk. */
export function createZendeskApi({ client, at, call, send, inTime }: ZendeskSdk): ZendeskApi {
  return {
    inTime,
    createTicket: (ticket, key) => call(Written, () => client.tickets.create({ ticket }), { 'Idempotency-Key': key }),
    updateTicket: (id, ticket) => call(Written, () => client.tickets.update(Number(id), { ticket })),
    async showTicket(id) {
      return (await call(z.object({ ticket: Ticket }), () => client.tickets.show(Number(id)))).ticket
    },
    async commentsIn(id) {
      const read = () => client.tickets.get(['tickets', Number(id), 'comments', 'count'])
      return (await call(z.object({ count: z.object({ value: z.number() }) }), read)).count.value
    },
    async ticketsOf(externalId) {
      const query = `?external_id=${encodeURIComponent(externalId)}`
      return (await call(z.object({ tickets: z.array(Ticket) }), () => client.tickets.get(['tickets', query]))).tickets
    },
    async changedTickets(since) {
      const query = 'cursor' in since ? `cursor=${encodeURIComponent(since.cursor)}` : `start_time=${since.startTime}`
      // Past the SDK, which asks for a page size in a way that exports do not have.
      const sent = { method: 'GET', headers: { Accept: 'application/json' } }
      const url = at(`/api/v2/incremental/tickets/cursor.json?${query}&per_page=100`)
      const { tickets, after_cursor, end_of_stream } = await send(TicketChanges, url, sent)
      return { tickets, next: after_cursor, more: !end_of_stream }
    },
    async audits(id, cursor) {
      const query = `?${pageFrom(cursor)}&include=users`
      const page = await call(AuditPage, () => client.tickets.get(['tickets', Number(id), 'audits', query]))
      return { audits: page.audits, users: page.users, next: nextOf(page.meta) }
    },
    async redactComment(comment, redaction) {
      await call(z.unknown(), () => client.tickets.put(['comment_redactions', comment], redaction))
    },
    async upsertUser(user) {
      return (await call(z.object({ user: z.object({ id: Id }) }), () => client.users.createOrUpdate({ user }))).user.id
    },
    async showUser(id) {
      return (await call(z.object({ user: User }), () => client.users.get(['users', id]))).user
    },
    async usersByEmail(email) {
      const query = `?query=${encodeURIComponent(`email:"${email}"`)}`
      return (await call(z.object({ users: z.array(User) }), () => client.users.get(['users', 'search', query]))).users
    },
    async verifiedEmails(user) {
      const { identities } = await call(Identities, () => client.users.get(['users', user, 'identities']))
      const emails = identities.filter(({ type, verified }) => type === 'email' && verified)
      return emails.sort((a, b) => Number(b.primary) - Number(a.primary)).map(({ value }) => value)
    },
    async upload({ name, type, bytes }, token) {
      const query = new URLSearchParams({ filename: name, ...(token !== null && { token }) })
      const sent = { method: 'POST', body: bytes, headers: { 'Content-Type': type } }
      return (await send(Uploaded, at(`/api/v2/uploads.json?${query}`), sent)).upload.token
    },
    fields: () =>
      allPages(async (query) => {
        const page = await call(FieldPage, () => client.ticketfields.get(['ticket_fields', `?${query}`]))
        return { items: page.ticket_fields, next: nextOf(page.meta) }
      }),
    async createField(title) {
      const field = { title, type: 'text', description: 'Set by Deskbridge' }
      return (await call(z.object({ ticket_field: Field }), () => client.ticketfields.create({ ticket_field: field })))
        .ticket_field
    },
  }
}
