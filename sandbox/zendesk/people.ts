import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { type Account, margaret, type Ticket } from './account.ts'
import type { Attachments } from './attachments.ts'
import { type Changes, Refusal } from './changes.ts'
import { TicketChange, TicketInput } from './inputs.ts'
import { mergeTickets } from './merge.ts'

interface People {
  attachments: Attachments
  account: Account
  changes: Changes
}

/** What agents do in their browser. */
export function mountPeople(app: Hono, { account, attachments, changes }: People): void {
  const shown = (ticket: Ticket) => ({
    ...ticket,
    requester: account.users.get(ticket.requester_id),
    fields: Object.fromEntries(
      ticket.custom_fields.map(({ id, value }) => [account.fields.get(id)?.title ?? String(id), value]),
    ),
    comments: account.audits(ticket.id).flatMap(({ comment, created_at, custom }) =>
      comment
        ? [
            {
              ...comment,
              files: attachments.bodies(comment.attachments ?? [], ''),
              created_at,
              marker: custom.deskbridge ?? null,
              author: account.users.get(comment.author_id),
            },
          ]
        : [],
    ),
  })
  const ticketOf = (c: Context) => account.tickets.get(idOf(c))

  app.get('/sandbox/people', (c) => c.json([...account.users.values()].filter((user) => user.role !== 'end-user')))
  app.get('/sandbox/tickets', (c) => {
    const externalId = c.req.query('external_id')
    const all = [...account.tickets.values()].filter(
      (ticket) => !ticket.deleted || c.req.query('deleted') !== undefined,
    )
    return c.json(all.filter((ticket) => !externalId || ticket.external_id === externalId).map(shown))
  })
  app.get('/sandbox/tickets/:id', (c) => {
    const ticket = ticketOf(c)
    return ticket ? c.json(shown(ticket)) : c.json({ error: 'no such ticket' }, 404)
  })
  app.post('/sandbox/tickets/:id/comments', async (c) => {
    const Input = z.object({
      author: z.number().default(margaret.id),
      body: z.string().min(1),
      public: z.boolean().default(true),
      files: z.array(z.object({ name: z.string(), type: z.string(), content: z.string() })).default([]),
    })
    const { author, body, files, public: isPublic } = Input.parse(await c.req.json())
    const by = account.users.get(author)
    if (!by) return c.json({ error: 'no such author' }, 404)
    const comment = { body, public: isPublic, attachments: files.map((file) => attachments.add(file, null).id) }
    const written = changes.update(idOf(c), { comment }, by)
    return c.json({ id: written.audit.comment?.id }, 201)
  })
  app.put('/sandbox/tickets/:id', async (c) => {
    const change = TicketChange.pick({ status: true, assignee_id: true }).parse(await c.req.json())
    changes.update(idOf(c), change, margaret)
    return c.json({ ok: true })
  })
  app.delete('/sandbox/tickets/:id', (c) => {
    changes.remove(idOf(c))
    return c.json({ ok: true })
  })
  app.put('/sandbox/tickets/:id/mark_as_spam', (c) => {
    changes.markAsSpam(idOf(c))
    return c.json({ ok: true })
  })
  app.put('/sandbox/tickets/:id/merge', async (c) => {
    const Input = z.object({ into: z.number(), public: z.boolean().default(false) })
    const { into, public: isPublic } = Input.parse(await c.req.json())
    mergeTickets({ account, changes }, { source: idOf(c), target: into, by: margaret, public: isPublic })
    return c.json({ ok: true })
  })
  /** A ticket that came by email. */
  app.post('/sandbox/tickets', async (c) => {
    const { ticket, audit } = changes.create(TicketInput.parse(await c.req.json()), margaret)
    return c.json({ id: ticket.id, audit: audit.id }, 201)
  })
  app.put('/sandbox/users/:id', async (c) => {
    const user = account.users.get(idOf(c))
    if (!user) return c.json({ error: 'no such user' }, 404)
    const change = z.object({ suspended: z.boolean() }).parse(await c.req.json())
    account.put({ kind: 'user', user: { ...user, ...change } })
    return c.json({ ok: true })
  })
  app.post('/sandbox/fields', async (c) => {
    const Input = z.object({ title: z.string(), type: z.string().default('text'), required: z.boolean().default(true) })
    const field = { ...Input.parse(await c.req.json()), id: account.newId() }
    account.put({ kind: 'field', field })
    return c.json(field, 201)
  })
  app.onError((error, c) => {
    if (error instanceof Refusal) return c.json({ error: error.fixture }, 409)
    if (error instanceof z.ZodError) return c.json({ error: 'invalid', issues: error.issues }, 400)
    return c.json({ error: String(error) }, 500)
  })
}

const idOf = (c: Context): number => Number(c.req.param('id'))
