import { type Context, Hono } from 'hono'
import type { Connection } from 'mongoose'
import { z } from 'zod'
import { eventKeyOf, onceOf } from '../../access/once/once.ts'
import { type Tokens, visitorLifetimeMs } from '../../access/tokens.ts'
import { StartByKey } from '../../contract/by-key.ts'
import {
  ChangeTags,
  Done,
  RateChat,
  SessionInfo,
  SessionPage,
  SessionQuery,
  StartedSession,
  StartSession,
} from '../../contract/chat.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { Inbox } from '../../contract/inbox.ts'
import { parseInput } from '../../contract/parse.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { clientIp } from '../../platform/http/client-ip.ts'
import { describe } from '../../platform/http/describe.ts'
import { isOpen } from '../../platform/opening-hours.ts'
import { admit } from '../abuse/admit.ts'
import type { Challenge } from '../abuse/challenge.ts'
import { mayEnter } from '../abuse/may-enter.ts'
import type { Caller } from '../chat.ts'
import { type IdentityDeps, whoStarts } from '../identity/identities.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import { checkPreChat } from '../inboxes/pre-chat.ts'
import type { Sites } from '../inboxes/sites.ts'
import { type MessageRoutesDeps, messageRoutes } from '../messages/routes.ts'
import { actorOf, callerOf, readsAs } from '../realtime/identity.ts'
import { sessionInfo } from '../realtime/project-for.ts'
import type { Streams } from '../realtime/stream.ts'
import { changeTags } from './change-tags.ts'
import { closeSession } from './close-session.ts'
import { findSessions } from './find-sessions.ts'
import { mayRead, mayReadByKey, sessionOf } from './may-read.ts'
import { rateSession } from './rate-session.ts'
import { startByKey } from './start-by-key.ts'
import { type Begun, startOnce } from './start-once.ts'
import type { StartRate } from './start-rate.ts'
import { type Origin, startSession, visitorStarting } from './start-session.ts'

const tag = 'chats'
const HttpRating = RateChat.omit({ sessionId: true })

export interface SessionRoutesDeps extends MessageRoutesDeps {
  connection: Connection
  startRate: StartRate
  challenge: Challenge
  streams: Streams
  tokens: Tokens
  inboxes: Inboxes
  sites: Sites
  identities: IdentityDeps
}

/** `/api/chat/sessions`: everything that a widget can do without a socket. */
export function sessionRoutes(deps: SessionRoutesDeps): Hono {
  const routes = new Hono()
  routes.post(
    '/',
    describe({
      tag,
      summary: 'Starts a chat.',
      description:
        'With the token of an earlier chat it is the same visitor’s. Whoever got no answer sends the same `startKey` again: it is one chat. With an API key it is the chat of somebody whom another system knows; `externalId` takes the scope `visitors:write` as well.',
      open: true,
      scope: 'chats:write',
      body: z.union([StartSession, StartByKey]),
      examples: {
        'by a visitor': { name: 'Ana', page: 'https://shop.example/cart' },
        'by an API key': { name: 'Ana', email: 'ana@example.com', attributes: { order: '4711' } },
      },
      answers: { 201: StartedSession },
      errors: [
        'not_found',
        'forbidden',
        'blocked',
        'challenge_required',
        'rate_limited',
        'identity_required',
        'identity_invalid',
      ],
    }),
    async (c) => {
      const key = await deps.who.key(c, 'chats:write')
      if (key) return c.json(await startByKey(deps, key, await jsonBody(c, StartByKey), onceOf(c)), 201)
      const input = await jsonBody(c, StartSession)
      const inbox = await deps.inboxes.open(input.inboxKey)
      deps.sites.mustAllow(inbox, c.req.header('origin'))
      const who = await whoStarts(deps.identities, inbox, input.identityToken, await earlier(deps, c))
      const ip = clientIp(c, deps.trustedProxies)
      const from = { userAgent: c.req.header('user-agent'), ip, ...who }
      const once = onceOf(c) ?? (input.startKey && `by a visitor ${input.startKey}`)
      const { session, epoch, visitor } = await startOnce(deps, once, (ids) =>
        letIn({ ...deps, ids }, inbox, input, from),
      )
      const { id, name, externalId } = visitor
      // Whoever begins a known customer's chat once more, and does not prove again who they are, is led nowhere else.
      const otherwise = externalId === undefined ? deps.now() + visitorLifetimeMs : undefined
      const leadsUntil = who.proof?.until ?? otherwise
      const token = await deps.tokens.forVisitor({ id, session, name, leadsUntil })
      return c.json({ sessionId: session, token, epoch, visitorId: id } satisfies StartedSession, 201)
    },
  )

  routes.get(
    '/',
    describe({
      tag,
      summary: 'Finds chats, newest first.',
      scope: 'chats:read',
      query: SessionQuery,
      answers: { 200: SessionPage },
      errors: ['forbidden'],
    }),
    async (c) => {
      const { inboxes } = await deps.who.atLeast(c, 'agent', 'chats:read')
      const { token: _token, ...query } = c.req.query()
      return c.json(await findSessions(deps.connection, parseInput(SessionQuery, query), inboxes, { kind: 'agent' }))
    },
  )

  routes.get(
    '/:id',
    describe({
      tag,
      summary: 'What a chat is now.',
      scope: 'chats:read',
      answers: { 200: SessionInfo },
      errors: ['not_found'],
    }),
    async (c) => {
      const { summary, identity } = await mayReadByKey(deps, c, 'chats:read')
      return c.json(sessionInfo(summary, readsAs(identity)))
    },
  )

  routes.get(
    '/:id/stream',
    describe({
      tag,
      summary: 'What happens in a chat, as server-sent events with ids `<epoch>:<seq>`.',
      description: '`Last-Event-ID`, or `?after=`, says where to read on; `?token=` stands in for the header.',
      answers: { 200: 'A stream of the frames that a socket gets.' },
      errors: ['not_found', 'blocked', 'rate_limited', 'server_full'],
    }),
    async (c) => {
      const { session, identity } = await mayRead(deps, c)
      await mayEnter(deps, identity, clientIp(c, deps.trustedProxies))
      await deps.visitorRate.join(identity)
      return deps.streams.open(c, session, identity, c.req.header('last-event-id') ?? c.req.query('after'))
    },
  )

  routes.post(
    '/:id/close',
    describe({
      tag,
      summary: 'Closes a chat.',
      scope: 'chats:write',
      answers: { 200: Done },
      errors: ['not_found'],
    }),
    async (c) => {
      const session = sessionOf(c)
      const by = await whoCloses(deps, c)
      await jsonBody(c, z.strictObject({}))
      return c.json(await closeSession(deps, session, by, eventKeyOf(onceOf(c))))
    },
  )

  routes.post(
    '/:id/rating',
    describe({
      tag,
      summary: 'Rates the last closing, once.',
      body: HttpRating,
      answers: { 201: Done },
      errors: ['not_found', 'forbidden', 'not_closed', 'already_rated'],
    }),
    async (c) => {
      const { session, identity } = await mayRead(deps, c)
      const rating = await jsonBody(c, HttpRating)
      const by = callerOf(identity)
      if (by.kind !== 'visitor') throw new DeskbridgeError('forbidden')
      return c.json(await rateSession(deps, session, rating, by), 201)
    },
  )

  routes.put(
    '/:id/tags',
    describe({
      tag,
      summary: 'Puts these tags in the place of those that the chat has.',
      scope: 'chats:write',
      body: ChangeTags,
      answers: { 200: Done.extend(ChangeTags.shape) },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      const { session, identity } = await mayReadByKey(deps, c, 'chats:write')
      const { tags } = await jsonBody(c, ChangeTags)
      const by = actorOf(identity)
      if (by.kind === 'visitor') throw new DeskbridgeError('forbidden')
      return c.json(await changeTags(deps, session, tags, by))
    },
  )

  messageRoutes(routes, deps)
  return routes
}

/** Starts the chat of whoever may have one. */
async function letIn(deps: SessionRoutesDeps, inbox: Inbox, input: StartSession, from: Origin): Promise<Begun> {
  const said = visitorStarting(deps, input, from)
  // Before the challenge, whose answer is good once.
  const offline = !isOpen(inbox.hours, deps.now())
  checkPreChat(inbox, said, offline)
  const { ip, visitor: earlier, proof } = from
  await admit(deps, { inbox, ip, visitor: earlier, email: said.email, challengeAnswer: input.challengeAnswer })
  // Whoever is not let in does not become known.
  const id = proof ? await deps.identities.visitors.of(inbox.key, proof.externalId) : said.id
  const visitor = { ...said, id }
  return { ...(await startSession(deps, inbox, visitor, { channel: input.channel, offline })), visitor }
}

/** A token of an earlier chat proves who comes back; without one, or with one that is over, it is somebody new. */
async function earlier({ tokens }: Pick<SessionRoutesDeps, 'tokens'>, c: Context) {
  const token = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '')?.[1]
  return token ? tokens.verify(token).catch(() => null) : null
}

/** Closing is open to the admin key as well, for other systems. */
async function whoCloses(deps: SessionRoutesDeps, c: Context): Promise<Caller> {
  const staff = await deps.who.atLeast(c, 'agent', 'chats:write').catch(() => null)
  if (staff?.id === 'key') return actorOf(staff)
  return actorOf((await mayReadByKey(deps, c, 'chats:write')).identity)
}
