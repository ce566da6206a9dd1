import { randomBytes } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { Hono } from 'hono'
import mongoose from 'mongoose'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { createBudgets } from '../../src/bridge/budgets/reserve.ts'
import type { AgentStatus } from '../../src/contract/agent.ts'
import type { EventDraft, LogEvent } from '../../src/contract/event.ts'
import type { AgentId, EventId, SessionId } from '../../src/contract/ids.ts'
import { EventId as EventIdForm, EventKey, SessionId as SessionIdForm, VisitorId } from '../../src/contract/ids.ts'
import type { CreatedEndpoint, DeliveryPage, WholeDelivery } from '../../src/contract/webhook.ts'
import { eventModel } from '../../src/log/events.ts'
import { onError } from '../../src/platform/http/errors.ts'
import { createIds } from '../../src/platform/ids.ts'
import { connectRedis } from '../../src/platform/redis.ts'
import { createSealedSecrets } from '../../src/platform/sealed-secrets.ts'
import { readAllowed } from '../../src/webhooks/call/address.ts'
import { createWebhooks, webhookModels } from '../../src/webhooks/create-webhooks.ts'
import { forgetAnswers } from '../../src/webhooks/deliveries/forget.ts'
import { deliveriesOf } from '../../src/webhooks/deliveries/stored.ts'
import type { Work } from '../../src/webhooks/doorbell.ts'
import { endpointsOf } from '../../src/webhooks/endpoints/stored.ts'
import type { ChatNow } from '../../src/webhooks/events/chat-now.ts'
import { freshStores } from './stores.ts'
import { aRemote, type Received, type Remote } from './webhook-remote.ts'

const secret = 'a secret of the tests, long enough to seal'
const visitor = { kind: 'visitor', id: VisitorId.parse(`vis_${'0'.repeat(24)}`), name: 'Ana' } as const
const letters = (kind: string, index: number) => `${kind}_${String(index).padStart(24, '0')}`

type Answer = number | { status: number; headers?: Record<string, string>; body?: string } | 'nothing'

/** A receiver that answers each call as `answers` says by then. */
export async function aReceiver(answer: Answer | ((call: Received, nth: number) => Answer) = 200) {
  const state = { answer }
  const unanswered: ServerResponse[] = []
  const write = (response: ServerResponse, given: Exclude<Answer, 'nothing'>) => {
    const { status, headers = {}, body = '' } = typeof given === 'number' ? { status: given } : given
    response.writeHead(status, headers).end(body)
  }
  const remote: Remote = await aRemote((_request, response) => {
    const call = remote.received.at(-1)
    const { answer: now } = state
    const given = typeof now === 'function' && call ? now(call, remote.received.length) : now
    if (given === 'nothing' || typeof given === 'function') unanswered.push(response)
    else write(response, given)
  })
  onTestFinished(() => remote[Symbol.asyncDispose]())
  return {
    url: `http://127.0.0.1:${remote.port}/hook`,
    calls: remote.received,
    /** What each call told of, in the order in which they came. */
    ids: () => remote.received.map(({ headers }) => String(headers['webhook-id'])),
    bodies: () => remote.received.map(({ body }) => JSON.parse(body.toString())),
    /** Answers those that it had answered nothing. */
    finish(given: Exclude<Answer, 'nothing'>) {
      for (const response of unanswered.splice(0)) write(response, given)
    },
    answers: (next: Answer | ((call: Received, nth: number) => Answer)) => void (state.answer = next),
  }
}

/**
 * The webhooks on real stores and real HTTP, with a clock that the test moves, and a queue that runs what is rung at once
 * unless it is `deaf`. `another()` is a second process on the same stores.
 */
export async function someWebhooks(options: { timeoutMs?: number; leaseMs?: number } = {}) {
  const stores = await freshStores()
  const connection = await mongoose.createConnection(stores.mongodbUrl).asPromise()
  const redis = connectRedis(stores.redisUrl)
  for (const model of [...webhookModels, eventModel]) await model(connection).init()
  const events = connection.collection<LogEvent>('events')
  const chats = new Map<SessionId, ChatNow & { seq: number }>()
  const agents = new Map<AgentId, { status: AgentStatus; since: Date }>()
  const woken: { work: Work; at: number }[] = []
  const state = { now: Date.now(), deaf: false, appended: 0 }
  const now = () => state.now
  const ids = createIds()

  const process = () => {
    const run = async (work: readonly Work[]) => {
      if (state.deaf) return
      for (const one of work) await webhooks.run(one)
    }
    const webhooks = createWebhooks({
      connection,
      read: (session, after) =>
        events
          .find({ session, seq: { $gt: after, $lte: after + 200 } })
          .sort({ seq: 1 })
          .toArray(),
      chatsNow: async (sessions) => new Map([...chats].filter(([id]) => sessions.includes(id))),
      agentsNow: async () => [...agents].map(([id, agent]) => ({ id, name: 'Bo', inboxes: ['shop'], ...agent })),
      inboxes: { get: async () => ({}) },
      addresses: {
        linkTo: ({ id }) => ({ url: `https://chat.example/files/${id}` }),
        publicUrl: 'https://chat.example',
      },
      who: { atLeast: async () => ({ kind: 'admin', id: 'key', name: 'the tests', scopes: ['admin'], inboxes: [] }) },
      doorbell: { ring: run, insist: run },
      scheduler: { wakeAt: async (work, at) => void woken.push({ work, at }) },
      budgets: createBudgets({ redis, prefix: stores.redisPrefix, now }),
      sealing: createSealedSecrets({ secret }),
      allowed: readAllowed(['127.0.0.1']),
      ids,
      randomBytes,
      random: () => 0,
      times: {
        webhookTimeout: options.timeoutMs ?? 10_000,
        webhookLease: options.leaseMs ?? 30_000,
        sweepBehind: 1_000,
        sweepRecent: [{ every: 10_000, window: 120_000 }],
      },
      now,
      onError: (error) => errors.push(error),
    })
    onTestFinished(() => webhooks.stop(1_000))
    return webhooks
  }

  const errors: unknown[] = []
  const first = process()
  const app = new Hono()
  app.onError(onError(pino({ level: 'silent' })))
  first.mount(app)

  const api = async (method: string, path: string, body?: unknown): Promise<{ status: number; body: unknown }> => {
    const response = await app.request(`/api/admin/webhooks${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text === '' ? null : JSON.parse(text) }
  }

  /** Appends without anybody hearing of it. */
  const append = async (session: SessionId, draft: object): Promise<LogEvent> => {
    const chat = chats.get(session)
    if (!chat) throw new Error('no such chat')
    state.appended += 1
    chat.seq += 1
    const event = {
      _id: EventIdForm.parse(letters('evt', state.appended)),
      session,
      seq: chat.seq,
      key: EventKey.parse(`test:${state.appended}`),
      version: 1,
      at: new Date(now()),
      actor: visitor,
      origin: 'deskbridge',
      ...draft,
    } as LogEvent
    await events.insertOne(event)
    return event
  }

  const text = (content: string, internal = false): Partial<EventDraft> => ({
    type: 'message',
    body: { messageType: 'text', content, internal },
  })

  const announced = async (event: LogEvent): Promise<EventId> => {
    first.announce(event)
    await first.settled()
    return event._id
  }

  onTestFinished(async () => {
    redis.disconnect()
    await connection.close()
    await stores.drop()
  })

  return {
    webhooks: first,
    another: process,
    connection,
    stores,
    deliveries: deliveriesOf(connection),
    endpoints: endpointsOf(connection),
    woken,
    agents,
    errors,
    api,
    now,
    /** Whether nobody hears what is rung, as after a crash. */
    deaf: (isDeaf: boolean) => void (state.deaf = isDeaf),
    pass: (ms: number) => void (state.now += ms),
    /** Where events go; the known endpoints are read anew. */
    async endpoint(url: string, wanted: object = {}): Promise<CreatedEndpoint> {
      const { status, body } = await api('POST', '/endpoints', { url, events: ['*'], ...wanted })
      if (status !== 201) throw new Error(JSON.stringify(body))
      return body as CreatedEndpoint
    },
    /** A chat that has begun. */
    async chat(inbox = 'shop'): Promise<SessionId> {
      const session = SessionIdForm.parse(letters('ses', chats.size + 1))
      chats.set(session, { epoch: 'e0000000', inbox: { key: inbox, name: inbox }, visitor, erasedUpTo: 0, seq: 0 })
      await announced(
        await append(session, { type: 'session_started', body: { epoch: 'e0000000', inbox, visitor, channel: 'web' } }),
      )
      return session
    },
    say: async (session: SessionId, content: string) => announced(await append(session, text(content))),
    note: async (session: SessionId, content: string) => announced(await append(session, text(content, true))),
    /** As `say`, with the process dying right after the commit. */
    sayUnannounced: async (session: SessionId, content: string) => (await append(session, text(content)))._id,
    erase: (session: SessionId) => {
      const chat = chats.get(session)
      if (chat) chat.erasedUpTo = chat.seq
    },
    /** As an erasure does with what receivers answered. */
    forget: (session: SessionId) => forgetAnswers(connection, session, now()),
    /** Each sweep, once. */
    async sweep(webhooks = first) {
      const tasks: (() => Promise<unknown>)[] = []
      webhooks.startSweeps((_name, _everyMs, task) => {
        tasks.push(task)
        return { stop: async () => {} }
      })
      for (const task of tasks) await task()
    },
    async page(query: Record<string, string>): Promise<DeliveryPage> {
      return (await api('GET', `/deliveries?${new URLSearchParams(query)}`)).body as DeliveryPage
    },
    async delivery(endpoint: string, event: string): Promise<WholeDelivery> {
      return (await api('GET', `/deliveries/${endpoint}.${event}`)).body as WholeDelivery
    },
  }
}

export type SomeWebhooks = Awaited<ReturnType<typeof someWebhooks>>
