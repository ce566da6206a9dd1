import { type Context, Hono } from 'hono'
import { z } from 'zod'
import type { Who } from '../../access/who.ts'
import { Done } from '../../contract/chat.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { describe } from '../../platform/http/describe.ts'
import type { ChatPart } from '../part.ts'
import { callerOf } from '../realtime/identity.ts'
import { mayRead } from '../sessions/may-read.ts'
import { requestTicket } from './request-ticket.ts'
import { requestForUnanswered, type UnansweredDeps } from './unanswered.ts'

const Nothing = z.strictObject({})

interface TicketDeps extends UnansweredDeps {
  who: Who
}

/** When a chat becomes a ticket, besides by what is said in it: on request, and when nobody answers. */
export const ticketPart = (deps: TicketDeps, options: { isConnected: boolean; sweepMs: number }): ChatPart => ({
  mount: (app) => app.route('/api/chat/sessions', ticketRoutes(deps, options)),
  sweeps: options.isConnected
    ? [{ name: 'unanswered', everyMs: options.sweepMs, run: () => requestForUnanswered(deps) }]
    : [],
})

function ticketRoutes(deps: TicketDeps, { isConnected }: { isConnected: boolean }): Hono {
  const routes = new Hono()
  routes.post(
    '/:id/ticket',
    describe({
      tag: 'chats',
      summary: 'Has a chat become a ticket, if it is none yet.',
      description: 'An inbox says when that happens by itself; see docs/zendesk.md.',
      body: Nothing,
      answers: { 200: Done },
      errors: ['not_found', 'forbidden', 'zendesk_not_configured'],
    }),
    async (c: Context) => {
      const { session, identity } = await mayRead(deps, c)
      await jsonBody(c, Nothing)
      const by = callerOf(identity)
      if (by.kind !== 'agent') throw new DeskbridgeError('forbidden')
      if (!isConnected) throw new DeskbridgeError('zendesk_not_configured')
      return c.json(await requestTicket(deps, session, by))
    },
  )
  return routes
}
