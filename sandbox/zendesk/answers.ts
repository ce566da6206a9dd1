import type { Context } from 'hono'
import { z } from 'zod'
import { documented, fixture } from '../fixtures/load.ts'
import type { Account, Audit, Field, Ticket, User } from './account.ts'
import { Refusal } from './changes.ts'

/** Documents of ours in the shapes of Zendesk's documentation. */
export const userBody = ({ id, name, email, external_id, role, suspended = false }: User, origin: string) => ({
  id,
  name,
  email,
  external_id,
  role,
  active: true,
  verified: role !== 'end-user',
  suspended,
  photo: role === 'agent' ? photoOf(id, origin) : null,
})

const photoOf = (id: number, origin: string) => ({
  id,
  name: `${id}.png`,
  content_url: `${origin}/photos/${id}.png`,
  content_type: 'image/png',
  size: 2_000,
})

export function ticketBody(ticket: Ticket, account: Account): Record<string, unknown> {
  const { deleted: _deleted, ...rest } = ticket
  return {
    ...rest,
    url: `/api/v2/tickets/${ticket.id}.json`,
    raw_subject: ticket.subject,
    description: account.audits(ticket.id).at(0)?.comment?.body ?? '',
    submitter_id: ticket.requester_id,
    via: { channel: 'api' },
  }
}

export function auditBody(audit: Audit, files: (ids: readonly number[]) => object[]): Record<string, unknown> {
  const { id, ticket_id, created_at, author_id, custom, comment, changes = [], via = { channel: 'api' } } = audit
  const event = comment && {
    ...comment,
    type: 'Comment',
    html_body: comment.body,
    plain_body: comment.body,
    attachments: files(comment.attachments ?? []),
    audit_id: id,
  }
  return {
    id,
    ticket_id,
    created_at,
    author_id,
    metadata: { custom, system: { ip_address: '127.0.0.1' } },
    via,
    events: [
      ...(event ? [event] : []),
      ...changes.map((change, index) => ({ id: id * 100 + index, type: 'Change', ...change })),
      { id: id * 10, type: 'Notification', subject: 'Your ticket has been updated' },
    ],
  }
}

export const fieldBody = ({ id, title, type, required = false }: Field) => ({
  id,
  url: `/api/v2/ticket_fields/${id}.json`,
  type,
  title,
  raw_title: title,
  active: true,
  required,
  removable: true,
})

/** A documented answer, with values of ours in its place. */
export function answer(name: string, values: Record<string, unknown> = {}): Response {
  const { status } = fixture(name)
  return new Response(JSON.stringify(documented(name, values)), {
    status,
    headers: { 'content-type': 'application/json' },
  })
}

/** Throws the refusal of what is not there. */
export function known<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Refusal('zendesk/not_found')
  return value
}

/** What the API says of an input or a step that it does not take. */
export function refused(error: Error, c: Context): Response {
  if (error instanceof Refusal) return answer(error.fixture, error.values)
  if (error instanceof z.ZodError)
    return c.json({ error: 'RecordInvalid', description: 'Record validation errors', details: error.issues }, 422)
  throw error
}
