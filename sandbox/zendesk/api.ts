import { createHash } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { documented, fixture } from '../fixtures/load.ts'
import type { createLimits, Window } from '../limits.ts'
import { type Account, integration, type Ticket } from './account.ts'
import { answer, auditBody, fieldBody, known, refused, ticketBody, userBody } from './answers.ts'
import type { Attachments } from './attachments.ts'
import { type Changes, standing, type Written } from './changes.ts'
import { RedactionInput, TicketChange, TicketInput, UserInput } from './inputs.ts'

export interface ApiOptions {
  account: Account
  attachments: Attachments
  changes: Changes
  limits: ReturnType<typeof createLimits>
  factor: number
  now(): number
  accepts(authorization: string | undefined): boolean
}

const minute = 60_000
const accountLimit: Window = { limit: 700, windowMs: minute }
const updateLimit: Window = { limit: 100, windowMs: minute }
const incrementalLimit: Window = { limit: 10, windowMs: minute }
const ticketLimit: Window = { limit: 30, windowMs: 10 * minute }
const idempotencyMs = 2 * 60 * minute

/** Zendesk's Support API, as far as an integration of ours may use it. Every path is served with and without `.json`. */
export function supportApi(options: ApiOptions): Hono {
  const { account, attachments, changes } = options
  const api = new Hono().onError(refused)
  const made = new Map<string, { digest: string; body: unknown; until: number }>()

  const limited = (waitMs: number): Response | null => {
    if (waitMs === 0) return null
    const { body, status } = fixture('zendesk/rate_limited')
    return new Response(JSON.stringify(body), {
      status,
      headers: { 'content-type': 'application/json', 'retry-after': String(Math.ceil(waitMs / 1_000)) },
    })
  }
  const over = (key: string, { limit, windowMs }: Window) =>
    limited(options.limits.over(key, { limit, windowMs: windowMs * options.factor }))

  api.use(async (c, next) => {
    if (!options.accepts(c.req.header('authorization'))) return answer('zendesk/unauthorized')
    c.header('x-rate-limit', String(accountLimit.limit))
    return over('account', accountLimit) ?? next()
  })
  const ticketOf = (c: Context) => standing(account, idOf(c))
  const originOf = (c: Context) => new URL(c.req.url).origin
  const filesFor = (c: Context) => (ids: readonly number[]) => attachments.bodies(ids, originOf(c))
  const writtenBody = (c: Context, name: string, { ticket, audit }: Written) =>
    documented(name, { ticket: ticketBody(ticket, account), audit: auditBody(audit, filesFor(c)) })

  api.post('/tickets', async (c) => {
    const text = await c.req.text()
    const key = c.req.header('idempotency-key')
    const digest = createHash('sha256').update(text).digest('hex')
    const known = key ? made.get(key) : undefined
    if (known && known.until > options.now()) {
      if (known.digest !== digest) return c.json({ error: 'IdempotencyKeyReuse' }, 400)
      return c.json(known.body, 201, { 'x-idempotency-lookup': 'hit' })
    }
    const { ticket } = z.object({ ticket: TicketInput }).parse(JSON.parse(text))
    const written = changes.create(ticket, integration)
    const body = writtenBody(c, 'zendesk/ticket.create', written)
    if (key) made.set(key, { digest, body, until: options.now() + idempotencyMs * options.factor })
    return c.json(body, 201, { 'x-idempotency-lookup': 'miss' })
  })

  api.put('/tickets/:id', async (c) => {
    const refused = over('updates', updateLimit) ?? over(`ticket ${idOf(c)}`, ticketLimit)
    if (refused) return refused
    const { ticket } = z.object({ ticket: TicketChange }).parse(await c.req.json())
    const written = changes.update(idOf(c), ticket, integration)
    return c.json(writtenBody(c, 'zendesk/ticket.update', written))
  })

  api.put('/comment_redactions/:id', async (c) => {
    const { comment } = changes.redact(idOf(c), RedactionInput.parse(await c.req.json()))
    return c.json(documented('zendesk/comment_redactions', { comment: { ...comment, type: 'Comment' } }))
  })

  api.get('/tickets', (c) => {
    const externalId = c.req.query('external_id')
    const found = [...account.tickets.values()].filter(
      (ticket) => !ticket.deleted && (!externalId || ticket.external_id === externalId),
    )
    return c.json(
      documented('zendesk/tickets.list', {
        tickets: found.map((ticket) => ticketBody(ticket, account)),
        count: found.length,
      }),
    )
  })

  api.get('/incremental/tickets/cursor', (c) => {
    const refused = over('incremental', incrementalLimit)
    if (refused) return refused
    const since = Number(c.req.query('start_time') ?? 0) * 1_000
    const after = Buffer.from(c.req.query('cursor') ?? '', 'base64').toString()
    // What may still change within its second is told once that is over, or the cursor would pass it.
    const isOver = ({ updated_at }: Ticket) => Date.parse(updated_at) < Math.floor(options.now() / 1_000) * 1_000
    const placeOf = ({ updated_at, id }: Ticket) => `${updated_at} ${String(id).padStart(12, '0')}`
    const changed = [...account.tickets.values()]
      .filter((ticket) => placeOf(ticket) > after && Date.parse(ticket.updated_at) >= since && isOver(ticket))
      .sort((a, b) => placeOf(a).localeCompare(placeOf(b)))
    const page = changed.slice(0, Number(c.req.query('per_page') ?? 1_000))
    const last = page.at(-1)
    return c.json(
      documented('zendesk/incremental.tickets.cursor', {
        tickets: page.map((ticket) => ticketBody(ticket, account)),
        after_cursor: last ? Buffer.from(placeOf(last)).toString('base64') : (c.req.query('cursor') ?? null),
        end_of_stream: page.length === changed.length,
      }),
    )
  })

  api.get('/tickets/:id/audits', (c) => {
    const all = account.audits(ticketOf(c).id)
    const size = Math.min(100, Number(c.req.query('page[size]') ?? 100))
    const start = Number(c.req.query('page[after]') ?? 0)
    const page = all.slice(start, start + size)
    const more = all.length > start + size
    const authors = new Set(page.flatMap((audit) => [audit.author_id, audit.comment?.author_id ?? audit.author_id]))
    const known = [...authors].flatMap((id) => account.users.get(id) ?? [])
    const users = known.map((user) => userBody(user, originOf(c)))
    const meta = { has_more: more, after_cursor: more ? String(start + size) : null, before_cursor: null }
    return c.json(
      documented('zendesk/audits.list', {
        audits: page.map((audit) => auditBody(audit, filesFor(c))),
        users,
        meta,
        links: { next: null, prev: null },
      }),
    )
  })

  api.get('/tickets/:id/comments/count', (c) => {
    const value = account.audits(ticketOf(c).id).filter(({ comment }) => comment).length
    const refreshed_at = new Date(options.now()).toISOString()
    return c.json(documented('zendesk/comments.count', { count: { refreshed_at, value } }))
  })

  api.get('/tickets/:id', (c) =>
    c.json(documented('zendesk/ticket.show', { ticket: ticketBody(ticketOf(c), account) })),
  )

  api.post('/uploads', async (c) => {
    const token = c.req.query('token') ?? attachments.newToken()
    const content = Buffer.from(await c.req.arrayBuffer()).toString('base64')
    const type = c.req.header('content-type') ?? 'application/octet-stream'
    attachments.add({ name: c.req.query('filename') ?? 'file', type, content }, token)
    const all = filesFor(c)(attachments.of(token))
    return c.json(
      documented('zendesk/uploads.create', { upload: { token, attachment: all.at(-1), attachments: all } }),
      201,
    )
  })

  api.get('/users/:id{\\d+}', (c) => {
    const user = known(account.users.get(idOf(c)))
    return c.json(documented('zendesk/users.show', { user: userBody(user, originOf(c)) }))
  })

  api.post('/users/create_or_update', async (c) => {
    const { user: input } = z.object({ user: UserInput }).parse(await c.req.json())
    const { user, isNew } = changes.upsertUser(input)
    return c.json(
      documented('zendesk/users.create_or_update', { user: userBody(user, originOf(c)) }),
      isNew ? 201 : 200,
    )
  })

  api.get('/users/search', (c) => {
    const email = /^email:"?([^"]+)"?$/.exec(c.req.query('query') ?? '')?.[1]?.toLowerCase()
    const found = [...account.users.values()].filter((user) => user.email?.toLowerCase() === email)
    const users = found.map((user) => userBody(user, originOf(c)))
    return c.json(documented('zendesk/users.search', { users, count: users.length }))
  })

  api.get('/ticket_fields', (c) =>
    c.json(
      documented('zendesk/ticket_fields.list', {
        ticket_fields: [...account.fields.values()].map(fieldBody),
        meta: { has_more: false },
      }),
    ),
  )
  api.post('/ticket_fields', async (c) => {
    const Input = z.object({
      ticket_field: z.object({ title: z.string(), type: z.string(), description: z.string().optional() }),
    })
    const { title, type } = Input.parse(await c.req.json()).ticket_field
    const field = { id: account.newId(), title, type }
    account.put({ kind: 'field', field })
    return c.json({ ticket_field: fieldBody(field) }, 201)
  })
  api.get('/ticket_forms', (c) => {
    const ticket_field_ids = [...account.fields.keys()]
    const form = { id: 1, name: 'Default', default: true, active: true, ticket_field_ids }
    return c.json(documented('zendesk/ticket_forms.list', { ticket_forms: [form], count: 1 }))
  })

  return api
}

const idOf = (c: Context): number => Number(c.req.param('id'))
