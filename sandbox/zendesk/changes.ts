import type { z } from 'zod'
import type { Account, Audit, Field, Ticket, User } from './account.ts'
import type { Attachments } from './attachments.ts'
import type { Change, NewComment, RedactionInput, TicketInput, UserInput } from './inputs.ts'

/** A refusal with the documented answer's name, and its body's own values. */
export class Refusal extends Error {
  readonly fixture: string
  readonly values: Record<string, unknown>

  constructor(fixture: string, values: Record<string, unknown> = {}) {
    super(fixture)
    this.fixture = fixture
    this.values = values
  }
}

/** Each character inside `<redact>` becomes a block, white space as well; the tag itself goes. */
const blacken = (html: string): string =>
  html
    .replaceAll(/<redact>(.*?)<\/redact>/gs, (_, text: string) => '▇'.repeat(Array.from(text).length))
    .replaceAll(/ redact>/g, '>')

export interface Written {
  ticket: Ticket
  audit: Audit
}

/** What may be done to an account, with Zendesk's rules. `written`: hears of each change of a ticket. */
export function createChanges(
  account: Account,
  attachments: Pick<Attachments, 'of'>,
  written: (change: Written & { before: Ticket | null }) => void,
) {
  const audit = (
    ticket: number,
    author: number,
    comment: NewComment | undefined,
    custom: Record<string, unknown> = {},
  ): Audit => {
    const id = account.newId()
    const written = comment && {
      id: account.newId(),
      body: comment.body,
      public: comment.public ?? true,
      author_id: comment.author_id ?? author,
      attachments: [...(comment.attachments ?? []), ...(comment.uploads ?? []).flatMap(attachments.of)],
    }
    return { id, ticket_id: ticket, created_at: account.stamp(), author_id: author, custom, comment: written ?? null }
  }

  const upsertUser = (input: z.infer<typeof UserInput>): { user: User; isNew: boolean } => {
    const known = [...account.users.values()].find(
      (user) =>
        (input.external_id && user.external_id === input.external_id) || (input.email && user.email === input.email),
    )
    const user: User = {
      id: known?.id ?? account.newId(),
      name: input.name,
      email: input.email ?? known?.email ?? null,
      external_id: input.external_id ?? known?.external_id ?? null,
      role: known?.role ?? 'end-user',
      ...(known?.suspended && { suspended: true }),
    }
    account.put({ kind: 'user', user })
    return { user, isNew: !known }
  }

  const requesterOf = (input: z.infer<typeof TicketInput>, by: User): number => {
    const { id } = input.requester ? upsertUser(input.requester).user : { id: input.requester_id ?? by.id }
    const user = account.users.get(id)
    if (!user?.suspended) return id
    const description = `Requester: ${user.name} is suspended.`
    throw new Refusal('zendesk/suspended', { details: { requester: [{ description, error: 'UserSuspended' }] } })
  }

  const write = (ticket: Ticket, by: Audit): Written => {
    const before = account.tickets.get(ticket.id) ?? null
    if (ticket.status === 'solved' && before?.status !== 'solved') demandRequired(ticket, [...account.fields.values()])
    account.put({ kind: 'ticket', ticket })
    account.put({ kind: 'audit', audit: by })
    written({ ticket, audit: by, before })
    return { ticket, audit: by }
  }

  return {
    upsertUser,

    create(input: z.infer<typeof TicketInput>, by: User): Written {
      const source = input.via_followup_source_id
      if (source !== undefined && account.tickets.get(source)?.status !== 'closed') throw new Refusal('zendesk/closed')
      const requester = requesterOf(input, by)
      const created = account.stamp()
      const ticket: Ticket = {
        id: account.newId(),
        subject: input.subject ?? input.comment.body.slice(0, 80),
        status: input.status ?? 'new',
        priority: input.priority ?? null,
        external_id: input.external_id ?? null,
        requester_id: requester,
        assignee_id: input.assignee_id ?? null,
        tags: input.tags ?? [],
        custom_fields: input.custom_fields?.map(({ id, value }) => ({ id, value })) ?? [],
        brand_id: input.brand_id ?? null,
        group_id: input.group_id ?? null,
        ticket_form_id: input.ticket_form_id ?? null,
        via_followup_source_id: source ?? null,
        created_at: created,
        updated_at: created,
        deleted: false,
      }
      return write(ticket, audit(ticket.id, by.id, input.comment, input.metadata))
    },

    update(id: number, change: Change, by: User, via?: Audit['via']): Written {
      const ticket = standing(account, id)
      if (ticket.status === 'closed') throw new Refusal('zendesk/closed')
      if (change.safe_update && change.updated_stamp !== ticket.updated_at) throw new Refusal('zendesk/conflict')
      if (account.audits(id).filter((one) => one.comment).length >= 5_000 && change.comment)
        throw new Refusal('zendesk/closed')
      const next: Ticket = {
        ...ticket,
        subject: change.subject ?? ticket.subject,
        status: change.status ?? ticket.status,
        priority: change.priority === undefined ? ticket.priority : change.priority,
        tags: change.tags ?? ticket.tags,
        custom_fields:
          change.custom_fields?.map(({ id: field, value }) => ({ id: field, value })) ?? ticket.custom_fields,
        external_id: change.external_id ?? ticket.external_id,
        assignee_id: change.assignee_id === undefined ? ticket.assignee_id : change.assignee_id,
        updated_at: account.stamp(),
      }
      const changed = (['status', 'assignee_id'] as const).filter((field) => next[field] !== ticket[field])
      const changes = changed.map((field) => ({
        field_name: field,
        value: next[field],
        previous_value: ticket[field],
      }))
      return write(next, { ...audit(id, by.id, change.comment, change.metadata), changes, ...(via && { via }) })
    },

    /** For good, in closed tickets as well. The rest of the comment has to be as it is. */
    redact(comment: number, input: z.infer<typeof RedactionInput>): Audit {
      const { id } = standing(account, input.ticket_id)
      const known = account.audits(id).find((one) => one.comment?.id === comment)
      if (!known?.comment) throw new Refusal('zendesk/not_found')
      if (input.html_body.replaceAll(/<\/?redact>/g, '') !== known.comment.body) throw new Refusal('zendesk/closed')
      const audit = { ...known, comment: { ...known.comment, body: blacken(input.html_body) } }
      account.put({ kind: 'redacted', audit })
      return audit
    },

    remove(id: number): void {
      const ticket = account.tickets.get(id)
      if (ticket) account.put({ kind: 'ticket', ticket: { ...ticket, deleted: true } })
    },

    /** Also suspends who asked, if that is no one of the account's own people. */
    markAsSpam(id: number): void {
      const ticket = standing(account, id)
      const user = account.users.get(ticket.requester_id)
      if (user?.role === 'end-user') account.put({ kind: 'user', user: { ...user, suspended: true } })
      this.remove(id)
    },
  }
}

export type Changes = ReturnType<typeof createChanges>

export function standing(account: Account, id: number): Ticket {
  const ticket = account.tickets.get(id)
  if (!ticket || ticket.deleted) throw new Refusal('zendesk/not_found')
  return ticket
}

/** All of them are named at once. */
function demandRequired({ custom_fields }: Ticket, fields: readonly Field[]): void {
  const filled = new Set(custom_fields.filter(({ value }) => value !== null && value !== '').map(({ id }) => id))
  const base = fields
    .filter(({ id, required }) => required && !filled.has(id))
    .map(({ id, title, type }) => ({
      description: `${title}: is required when solving a ticket`,
      error: null,
      ticket_field_id: id,
      ticket_field_type: `Field${type.charAt(0).toUpperCase()}${type.slice(1)}`,
    }))
  if (base.length > 0) throw new Refusal('zendesk/required', { details: { base } })
}
