import { type Context, Hono } from 'hono'
import type { Connection } from 'mongoose'
import { z } from 'zod'
import type { Identity, Tokens } from '../../access/tokens.ts'
import type { KeyIdentity, Who } from '../../access/who.ts'
import { SessionPage, ShownVisitor } from '../../contract/chat.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { ChatToken, Identified, Identify, UpdateVisitor, VisitorSessionsQuery } from '../../contract/identity.ts'
import { Seq, type SessionId, VisitorId } from '../../contract/ids.ts'
import { parseInput } from '../../contract/parse.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { clientIp, type TrustedProxies } from '../../platform/http/client-ip.ts'
import { describe } from '../../platform/http/describe.ts'
import type { Blocks } from '../abuse/blocks.ts'
import { type Becoming, mayEnter } from '../abuse/may-enter.ts'
import type { VisitorRate } from '../abuse/visitor-rate.ts'
import type { ChatDeps } from '../chat.ts'
import { identifySession, type Visiting } from '../identity/identify-session.ts'
import { type IdentityDeps, proveVisitor } from '../identity/identities.ts'
import { actorOf, readsAs } from '../realtime/identity.ts'
import { shownVisitor } from '../realtime/shown-visitor.ts'
import { findSessions } from '../sessions/find-sessions.ts'
import { mayRead, mayReadByKey, sessionOf } from '../sessions/may-read.ts'
import { openEarlier, openOwn } from './open-earlier.ts'
import { updateVisitor } from './update-visitor.ts'

const tag = 'visitors'
const HttpIdentify = Identify.omit({ sessionId: true })
const HttpUpdate = UpdateVisitor.omit({ sessionId: true })

export interface VisitorDeps extends ChatDeps {
  connection: Connection
  who: Who
  tokens: Tokens
  identities: IdentityDeps
  visitorRate: VisitorRate
  blocks: Blocks
  trustedProxies: TrustedProxies
}

/** Who a visitor is, and what they had before. */
export function mountVisitors(app: Hono, deps: VisitorDeps): void {
  app.route('/api/chat/sessions', chatRoutes(deps))
  app.route('/api/chat/visitors', earlierRoutes(deps))
}

async function mayChange(
  deps: VisitorDeps,
  c: Context,
  identity: Identity | KeyIdentity,
  session: SessionId,
  becoming?: Becoming,
): Promise<void> {
  await mayEnter(deps, identity, clientIp(c, deps.trustedProxies), becoming)
  await deps.visitorRate.change(identity, session)
}

async function visiting(deps: VisitorDeps, c: Context): Promise<Visiting> {
  const identity = await deps.who.identity(c)
  if (identity.kind !== 'visitor') throw new DeskbridgeError('forbidden')
  return identity
}

function chatRoutes(deps: VisitorDeps): Hono {
  const routes = new Hono()

  routes.patch(
    '/:id/visitor',
    describe({
      tag,
      summary: 'Says more of the visitor of a chat, by themself or by an agent.',
      description: 'What a token proved or an agent set right, others leave as it is; the answer shows what holds.',
      scope: 'visitors:write',
      body: HttpUpdate,
      examples: { 'what a CRM knows': { email: 'ana@example.com', attributes: { plan: 'gold' } } },
      answers: { 200: z.object({ seq: Seq, visitor: ShownVisitor }) },
      errors: ['not_found', 'blocked', 'rate_limited'],
    }),
    async (c) => {
      const { session, identity } = await mayReadByKey(deps, c, 'visitors:write')
      const facts = await jsonBody(c, HttpUpdate)
      await mayChange(deps, c, identity, session, { email: facts.email })
      const { seq, visitor } = await updateVisitor(deps, session, facts, actorOf(identity))
      return c.json({ seq, visitor: shownVisitor(visitor, readsAs(identity)) })
    },
  )

  routes.post(
    '/:id/identify',
    describe({
      tag,
      summary: 'Proves who the visitor of a running chat is; the token that comes back replaces the one before.',
      body: HttpIdentify,
      answers: { 200: Identified },
      errors: ['not_found', 'forbidden', 'blocked', 'identity_invalid', 'rate_limited'],
    }),
    async (c) => {
      const { session, summary, identity } = await mayRead(deps, c)
      if (identity.kind !== 'visitor') throw new DeskbridgeError('forbidden')
      const { identityToken } = await jsonBody(c, HttpIdentify)
      await mayChange(deps, c, identity, session)
      const ip = clientIp(c, deps.trustedProxies)
      const proven = await proveVisitor(deps.identities, summary.inbox, identityToken, (becoming) =>
        mayEnter(deps, identity, ip, becoming),
      )
      const { identity: _, ...answer } = await identifySession(deps, session, identity, proven)
      return c.json(answer)
    },
  )

  routes.post(
    '/:id/token',
    describe({
      tag,
      summary: 'A token for an earlier chat of the same visitor in the same inbox.',
      answers: { 201: ChatToken },
      errors: ['not_found', 'forbidden', 'identity_required'],
    }),
    async (c) => {
      const identity = await visiting(deps, c)
      await jsonBody(c, z.strictObject({}))
      return c.json(await openEarlier(deps, sessionOf(c), identity), 201)
    },
  )

  return routes
}

function earlierRoutes(deps: VisitorDeps): Hono {
  const routes = new Hono()

  const pageFor = (c: Context) => {
    const { token: _token, ...query } = c.req.query()
    return parseInput(VisitorSessionsQuery, query)
  }

  routes.get(
    '/me/sessions',
    describe({
      tag,
      summary: 'The chats that the visitor had in this inbox, newest first.',
      query: VisitorSessionsQuery,
      answers: { 200: SessionPage },
      errors: ['not_found', 'forbidden', 'identity_required'],
    }),
    async (c) => {
      const identity = await visiting(deps, c)
      const { inbox } = await openOwn(deps, identity)
      const query = { ...pageFor(c), visitor: identity.id, inbox }
      return c.json(await findSessions(deps.connection, query, [], identity))
    },
  )

  routes.get(
    '/:id/sessions',
    describe({
      tag,
      summary: 'The chats that a visitor had, newest first, for agents.',
      scope: 'chats:read',
      query: VisitorSessionsQuery,
      answers: { 200: SessionPage },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      const { inboxes } = await deps.who.atLeast(c, 'agent', 'chats:read')
      const visitor = VisitorId.safeParse(c.req.param('id'))
      if (!visitor.success) throw new DeskbridgeError('not_found')
      const query = { ...pageFor(c), visitor: visitor.data }
      return c.json(await findSessions(deps.connection, query, inboxes, { kind: 'agent' }))
    },
  )

  return routes
}
