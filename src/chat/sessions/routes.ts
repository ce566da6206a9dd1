import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import { z } from 'zod'
import type { Identity, Tokens } from '../../access/tokens.ts'
import type { Who } from '../../access/who.ts'
import { HistoryQuery, SendMessage, type StartedSession, StartSession } from '../../contract/chat.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { SessionId } from '../../contract/ids.ts'
import { parseInput } from '../../contract/parse.ts'
import { jsonBody } from '../../platform/http/body.ts'
import type { Inbox } from '../../platform/settings.ts'
import type { Caller, ChatDeps } from '../chat.ts'
import { allowsOrigin, findInbox } from '../inboxes/find-inbox.ts'
import { pageHistory } from '../messages/page-history.ts'
import { messageKey, postMessage } from '../messages/post-message.ts'
import type { MessageStore } from '../messages/project-messages.ts'
import { callerOf, readerOf } from '../realtime/identity.ts'
import { sessionInfo } from '../realtime/project-for.ts'
import type { Streams } from '../realtime/stream.ts'
import { closeSession } from './close-session.ts'
import { openSession } from './open-session.ts'
import { startSession } from './start-session.ts'

const HttpMessage = SendMessage.omit({ sessionId: true })

export interface SessionRoutesDeps extends ChatDeps {
  messages: MessageStore
  streams: Streams
  tokens: Tokens
  who: Who
  inboxes: readonly Inbox[]
  /** The service's own origin, from which the widget's frame speaks. */
  ownOrigin: string
}

/** `/api/chat/sessions`: everything that a widget can do without a socket. */
export function sessionRoutes(deps: SessionRoutesDeps): Hono {
  const routes = new Hono()
  // Tokens travel in headers, never in cookies: another site gains nothing by asking.
  routes.use(
    cors({ origin: (origin) => origin, allowHeaders: ['authorization', 'content-type', 'last-event-id'], maxAge: 600 }),
  )

  routes.post('/', async (c) => {
    const input = await jsonBody(c, StartSession)
    const inbox = findInbox(deps.inboxes, input.inboxKey)
    const origin = c.req.header('origin')
    if (origin !== deps.ownOrigin && !allowsOrigin(inbox, origin)) throw new DeskbridgeError('forbidden')
    const { session, visitor, epoch } = await startSession(deps, inbox, input, c.req.header('user-agent'))
    const token = await deps.tokens.forVisitor({ id: visitor, session, name: input.name })
    return c.json({ sessionId: session, token, epoch, visitorId: visitor } satisfies StartedSession, 201)
  })

  routes.get('/:id', async (c) => {
    const { session } = await mayRead(deps, c)
    return c.json(sessionInfo(await openSession(deps, session)))
  })

  routes.get('/:id/messages', async (c) => {
    const { session, identity } = await mayRead(deps, c)
    const { token: _token, ...query } = c.req.query()
    return c.json(await pageHistory(deps, session, parseInput(HistoryQuery, query), readerOf(identity)))
  })

  routes.post('/:id/messages', async (c) => {
    const { session, identity } = await mayRead(deps, c)
    const { content, clientMessageId, isInternal } = await jsonBody(c, HttpMessage)
    const actor = callerOf(identity)
    const key = messageKey(actor, clientMessageId)
    const event = await postMessage(deps, { session, key, actor, content, internal: isInternal, origin: 'deskbridge' })
    return c.json({ id: event._id, seq: event.seq, createdAt: event.at.toISOString() }, 201)
  })

  routes.get('/:id/stream', async (c) => {
    const { session, identity } = await mayRead(deps, c)
    return deps.streams.open(c, session, identity, c.req.header('last-event-id') ?? c.req.query('after'))
  })

  routes.post('/:id/close', async (c) => {
    const session = sessionOf(c)
    const by = await whoCloses(deps, c, session)
    await jsonBody(c, z.strictObject({}))
    return c.json(await closeSession(deps, session, by))
  })

  return routes
}

/** Text that is no id is an id of nothing. */
function sessionOf(c: Context): SessionId {
  const id = SessionId.safeParse(c.req.param('id'))
  if (!id.success) throw new DeskbridgeError('not_found')
  return id.data
}

async function mayRead(deps: SessionRoutesDeps, c: Context): Promise<{ session: SessionId; identity: Identity }> {
  const identity = await deps.who.identity(c)
  const session = sessionOf(c)
  if (identity.kind === 'visitor' && identity.session !== session) throw new DeskbridgeError('not_found')
  return { session, identity }
}

/** Closing is open to the admin key as well, for other systems. */
async function whoCloses(deps: SessionRoutesDeps, c: Context, session: SessionId): Promise<Caller> {
  try {
    deps.who.admin(c)
    return { kind: 'admin', id: 'key' }
  } catch {
    const identity = await deps.who.identity(c)
    if (identity.kind === 'visitor' && identity.session !== session) throw new DeskbridgeError('not_found')
    return callerOf(identity)
  }
}
