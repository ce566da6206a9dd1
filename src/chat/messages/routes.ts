import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { eventKeyOf, onceOf } from '../../access/once/once.ts'
import type { Identity } from '../../access/tokens.ts'
import type { Who } from '../../access/who.ts'
import { MessageByKey } from '../../contract/by-key.ts'
import {
  Done,
  EditMessage,
  FoundMessages,
  HistoryPage,
  HistoryQuery,
  MessageVersions,
  SearchQuery,
  SendMessage,
  SentMessage,
} from '../../contract/chat.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { EventId } from '../../contract/ids.ts'
import { parseInput } from '../../contract/parse.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { clientIp, type TrustedProxies } from '../../platform/http/client-ip.ts'
import { describe } from '../../platform/http/describe.ts'
import type { RateLimit } from '../../platform/rate-limit.ts'
import type { Blocks } from '../abuse/blocks.ts'
import { mayEnter } from '../abuse/may-enter.ts'
import type { VisitorRate } from '../abuse/visitor-rate.ts'
import type { Agents } from '../agents/agents.ts'
import type { ChatDeps } from '../chat.ts'
import { callerOf, readerOf } from '../realtime/identity.ts'
import { messageFor } from '../realtime/project-for.ts'
import { mayRead, mayReadByKey } from '../sessions/may-read.ts'
import { markRead } from './mark-read.ts'
import type { MessageStore } from './message-store.ts'
import { pageHistory } from './page-history.ts'
import { deleteMessage, editMessage } from './revise-message.ts'
import { sayByKey } from './say-by-key.ts'
import { type Sender, sendMessage } from './send-message.ts'

const tag = 'messages'
const HttpMessage = SendMessage.omit({ sessionId: true })
const HttpEdit = EditMessage.pick({ content: true })

const messageOf = (id: string): EventId => {
  const parsed = EventId.safeParse(id)
  if (!parsed.success) throw new DeskbridgeError('not_found')
  return parsed.data
}

export interface MessageRoutesDeps extends ChatDeps {
  agents: Agents
  messages: MessageStore
  messageRate: RateLimit
  blocks: Blocks
  visitorRate: VisitorRate
  trustedProxies: TrustedProxies
  who: Who
}

const senderIn = (deps: MessageRoutesDeps, c: Context, identity: Identity): Sender => ({
  actor: callerOf(identity),
  ip: clientIp(c, deps.trustedProxies),
})

/** `/api/chat/sessions/:id/messages` and the search in one chat. */
export function messageRoutes(routes: Hono, deps: MessageRoutesDeps): void {
  routes.get(
    '/:id/messages',
    describe({
      tag,
      summary: 'A page of messages, oldest first, by `seq`.',
      scope: 'chats:read',
      query: HistoryQuery,
      answers: { 200: HistoryPage },
      errors: ['not_found', 'rate_limited'],
    }),
    async (c) => {
      const { session, identity } = await mayReadByKey(deps, c, 'chats:read')
      await deps.visitorRate.read(identity)
      const { token: _token, ...query } = c.req.query()
      return c.json(await pageHistory(deps, session, parseInput(HistoryQuery, query), readerOf(identity, deps)))
    },
  )

  routes.post(
    '/:id/messages',
    describe({
      tag,
      summary: 'Sends a message; the same `clientMessageId` again answers with the same message.',
      description:
        'With `messageType` `image` or `file`: what was uploaded before, by the same sender for this chat. With an API key as a bot, as an agent or as the visitor.',
      scope: 'messages:write',
      body: z.union([HttpMessage, MessageByKey]),
      examples: {
        'by a token': { content: 'Where is my order?', clientMessageId: 'message-1' },
        'by an API key, as a bot': { content: 'It is on its way.', clientMessageId: 'order-4711-sent' },
        'by an API key, as an agent': {
          content: 'It will be there tomorrow.',
          clientMessageId: 'order-4711-when',
          as: { agent: 'bo@example.com' },
        },
        'by an API key, as the visitor': {
          content: 'Thank you!',
          clientMessageId: 'app-message-17',
          as: 'visitor',
        },
      },
      answers: { 201: SentMessage },
      errors: [
        'not_found',
        'forbidden',
        'key_conflict',
        'message_too_long',
        'rate_limited',
        'blocked',
        'session_closed',
        'agent_inactive',
        'unavailable',
      ],
    }),
    async (c) => {
      const { session, summary, identity } = await mayReadByKey(deps, c, 'messages:write')
      const event =
        identity.kind === 'admin'
          ? await sayByKey(deps, summary, identity, await jsonBody(c, MessageByKey), eventKeyOf(onceOf(c)))
          : await sendMessage(deps, session, senderIn(deps, c, identity), await jsonBody(c, HttpMessage))
      return c.json({ id: event._id, seq: event.seq, createdAt: event.at.toISOString() }, 201)
    },
  )

  routes.patch(
    '/:id/messages/:message',
    describe({
      tag,
      summary: 'Edits one’s own message; what it said before is kept.',
      body: HttpEdit,
      answers: { 200: Done },
      errors: ['not_found', 'forbidden', 'blocked', 'message_deleted', 'message_too_long', 'rate_limited'],
    }),
    async (c) => {
      const { session, identity } = await mayRead(deps, c)
      await mayEnter(deps, identity, clientIp(c, deps.trustedProxies))
      await deps.messageRate.take(identity.id)
      const { content } = await jsonBody(c, HttpEdit)
      return c.json(await editMessage(deps, session, messageOf(c.req.param('message')), content, callerOf(identity)))
    },
  )

  routes.delete(
    '/:id/messages/:message',
    describe({
      tag,
      summary: 'Deletes one’s own message for every reader.',
      answers: { 200: Done },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      const { session, identity } = await mayRead(deps, c)
      return c.json(await deleteMessage(deps, session, messageOf(c.req.param('message')), callerOf(identity)))
    },
  )

  routes.post(
    '/:id/messages/:message/read',
    describe({
      tag,
      summary: 'Everything up to this message was read.',
      answers: { 200: z.object({}) },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      const { session, identity } = await mayRead(deps, c)
      await jsonBody(c, z.strictObject({}))
      await markRead(deps, session, messageOf(c.req.param('message')), callerOf(identity))
      return c.json({})
    },
  )

  routes.get(
    '/:id/messages/:message/versions',
    describe({
      tag,
      summary: 'What a message said before, for agents.',
      scope: 'chats:read',
      answers: { 200: MessageVersions },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      const { session, identity } = await mayReadByKey(deps, c, 'chats:read')
      if (identity.kind === 'visitor') throw new DeskbridgeError('forbidden')
      const versions = await deps.messages.versions(session, messageOf(c.req.param('message')))
      if (!versions) throw new DeskbridgeError('not_found')
      return c.json(versions satisfies MessageVersions)
    },
  )

  routes.get(
    '/:id/search',
    describe({
      tag,
      summary: 'Finds messages in a chat.',
      scope: 'chats:read',
      query: SearchQuery,
      answers: { 200: FoundMessages },
      errors: ['not_found', 'rate_limited'],
    }),
    async (c) => {
      const { session, identity } = await mayReadByKey(deps, c, 'chats:read')
      await deps.visitorRate.read(identity)
      const { token: _token, ...query } = c.req.query()
      const { q, limit } = parseInput(SearchQuery, query)
      const reader = readerOf(identity, deps)
      const found = await deps.messages.search(session, q, limit, reader.kind === 'agent')
      return c.json({ messages: found.map((message) => messageFor(message, reader)) })
    },
  )
}
