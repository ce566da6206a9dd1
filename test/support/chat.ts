import { rm } from 'node:fs/promises'
import type { Logger } from 'pino'
import { io as connectTo, type Socket } from 'socket.io-client'
import type { StartedSession } from '../../src/contract/chat.ts'
import type { LogEvent } from '../../src/contract/event.ts'
import type { Config, FilesConfig, Limits, Times } from '../../src/platform/settings.ts'
import { adminKey, aNode, type ChatNode, neverHeal } from './chat-node.ts'
import { dataOf } from './data.ts'
import { aLine } from './line.ts'
import { freshStores } from './stores.ts'

export { adminKey, secret } from './chat-node.ts'

export interface Shown {
  event: string
  data: { seq: number; prev: number; content?: string; [field: string]: unknown }
}

const fromLog = [
  'new_message',
  'message_updated',
  'message_deleted',
  'message_read',
  'message_delivered',
  'agent_joined',
  'agent_left',
  'session_updated',
]

/** A client that keeps all it was shown. */
export function aClient(url: string, token: string) {
  const socket: Socket = connectTo(url, {
    auth: { token },
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 20,
    reconnectionDelayMax: 50,
  })
  const shown: Shown[] = []
  socket.onAny((event: string, data: Shown['data']) => shown.push({ event, data }))
  return {
    socket,
    shown,
    /** What came from the log, in the order in which it came. */
    frames: () => shown.filter(({ event, data }) => fromLog.includes(event) && 'seq' in data).map(({ data }) => data),
    texts: () => shown.filter(({ event }) => event === 'new_message').map(({ data }) => data.content),
    ask: (event: string, payload: unknown) => socket.timeout(10_000).emitWithAck(event, payload),
  }
}

export type ChatClient = ReturnType<typeof aClient>

/** Nodes of the chat on stores of their own, with a Redis that a test can take away. */
export interface ChatOptions {
  nodes?: number
  healMs?: number
  isJoined?: boolean
  limits?: Partial<Limits>
  times?: Partial<Times>
  files?: Partial<FilesConfig>
  config?: Partial<Config>
  now?: () => number
  logger?: Logger
}

export async function aChat({ nodes: count = 1, healMs = neverHeal, ...more }: ChatOptions = {}) {
  const stores = await freshStores()
  const redis = await aLine(stores.redisUrl)
  const nodes: ChatNode[] = []
  for (let index = 0; index < count; index += 1)
    nodes.push(await aNode({ ...stores, redisUrl: redis.url, healMs, ...more }))
  const clients: ChatClient[] = []
  const node = (index = 0): ChatNode => {
    const found = nodes[index]
    if (!found) throw new Error(`no node ${index}`)
    return found
  }
  const events = node().connection.collection<LogEvent>('events')
  let messages = 0

  const call = async (
    method: string,
    path: string,
    init: { token?: string | undefined; body?: unknown; headers?: HeadersInit; on?: number } = {},
  ) => {
    const response = await fetch(`${node(init.on).url}${path}`, {
      method,
      headers: { ...(init.token && { authorization: `Bearer ${init.token}` }), ...init.headers },
      ...(init.body !== undefined && { body: typeof init.body === 'string' ? init.body : JSON.stringify(init.body) }),
    })
    const text = await response.text()
    return { status: response.status, body: text ? JSON.parse(text) : null }
  }

  const connect = (token: string, index = 0): ChatClient => {
    const client = aClient(node(index).url, token)
    clients.push(client)
    return client
  }

  return {
    node,
    redis,
    stores,
    call,
    connect,
    events: (session: string) =>
      events
        .find({ session: session as never })
        .sort({ seq: 1 })
        .toArray(),
    written: () => events.countDocuments(),
    async session(about: object = { name: 'Ana' }): Promise<StartedSession> {
      return (await call('POST', '/api/chat/sessions', { body: about })).body
    },
    /** Without a capacity nothing becomes theirs by itself. */
    async agent(name = 'Bo', about: object = {}) {
      const email = `${name.toLowerCase()}-${(messages += 1)}@example.com`
      const { body } = await call('POST', '/api/admin/agents', {
        token: adminKey,
        body: { name, email, capacity: 0, ...about },
      })
      const answer = await call('POST', `/api/admin/agents/${body.id}/token`, { token: adminKey })
      return { id: body.id as string, token: answer.body.token as string }
    },
    say: (sessionId: string, token: string, content: string, on = 0) =>
      call('POST', `/api/chat/sessions/${sessionId}/messages`, {
        token,
        body: { content, clientMessageId: `message-${(messages += 1)}` },
        on,
      }),
    aMessage: (sessionId: string, content: string, more: object = {}) => ({
      sessionId,
      messageType: 'text',
      content,
      clientMessageId: `message-${(messages += 1)}`,
      ...more,
    }),
    async close() {
      for (const { socket } of clients) socket.close()
      for (const one of nodes) await one.close()
      await redis.close()
      await stores.drop()
      await rm(dataOf(stores.redisPrefix), { recursive: true, force: true })
    },
  }
}

export type TestChat = Awaited<ReturnType<typeof aChat>>

/** A visitor on the first node and an agent on the last, both in the chat. */
export async function aTalk(options: ChatOptions = {}) {
  const chat = await aChat(options)
  const { sessionId, token, epoch, visitorId } = await chat.session()
  const agent = await chat.agent()
  const visitor = chat.connect(token)
  const answering = chat.connect(agent.token, (options.nodes ?? 1) - 1)
  await visitor.ask('join_chat', { sessionId })
  await answering.ask('agent_join', { sessionId })
  return { chat, sessionId, token, epoch, visitorId, agent, visitor, answering }
}
