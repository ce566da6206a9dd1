import type { Hono } from 'hono'
import type { Redis } from 'ioredis'
import type { Connection } from 'mongoose'
import type { Tokens } from '../access/tokens.ts'
import type { Who } from '../access/who.ts'
import type { Conversation } from '../bridge/conversation.ts'
import type { LogEvent } from '../contract/event.ts'
import type { Log } from '../log/log.ts'
import type { Ids } from '../platform/ids.ts'
import type { Logger } from '../platform/log-output.ts'
import { type EveryInOneProcess, every, type Periodic } from '../platform/periodic.ts'
import { createRateLimit } from '../platform/rate-limit.ts'
import type { Config } from '../platform/settings.ts'
import { agentModel, createAgents } from './agents/agents.ts'
import { agentRoutes } from './agents/routes.ts'
import { createConversation } from './conversation.ts'
import { createMessageStore } from './messages/message-store.ts'
import { messageModel } from './messages/project-messages.ts'
import { createActions } from './realtime/actions.ts'
import { createAhead } from './realtime/ahead.ts'
import { createGateway, type Gateway } from './realtime/gateway.ts'
import { createRooms } from './realtime/rooms.ts'
import type { ChatServer } from './realtime/socket.ts'
import { createStreams } from './realtime/stream.ts'
import { sessionListModel } from './sessions/find-sessions.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { createStartRate } from './sessions/start-rate.ts'
import type { SessionSummary } from './sessions/summary.ts'
import { timeOutSessions } from './sessions/time-out.ts'

export const chatModels = [messageModel, agentModel, sessionListModel]

export interface ChatOptions {
  connection: Connection
  log: Log<SessionSummary>
  ids: Ids
  io: ChatServer
  tokens: Tokens
  who: Who
  redis: Redis
  config: Pick<Config, 'inboxes' | 'agents' | 'publicUrl' | 'redisPrefix' | 'trustedProxies' | 'limits' | 'times'>
  now(): number
  logger: Logger
}

export interface Chat {
  gateway: Gateway
  conversation: Conversation
  mount(app: Hono): void
  /** The agents of the configuration. */
  seed(): Promise<void>
  startHealing(): Periodic
  startSweeps(everyInOneProcess: EveryInOneProcess): Periodic
  /** Ends streams and sockets; their clients come back elsewhere. */
  close(): Promise<void>
}

/** The chat core: use cases and the faces that call them. */
export function createChat(options: ChatOptions): Chat {
  const { connection, log, io, tokens, who, redis, config, logger } = options
  const onError = (error: unknown) => logger.warn({ err: error }, 'reading live failed; the next round makes up for it')
  const messages = createMessageStore(connection, log)
  const agents = createAgents(options)
  const rooms = createRooms({ log, ahead: createAhead(connection), onError })
  const { limits, redisPrefix: prefix } = config
  const messageRate = createRateLimit({
    redis,
    prefix,
    name: 'message',
    limit: limits.messageRateLimit,
    windowMs: 1_000,
  })
  const deps = { log, ids: options.ids, limits, now: options.now, rooms, messages, messageRate }
  const streams = createStreams(deps)
  const gateway = createGateway({
    io,
    tokens,
    actions: createActions({ ...deps, io }),
    maxConnections: limits.maxConnections,
    logger,
  })

  log.onCommitted((event: LogEvent) => {
    rooms.ring(event.session, event.seq, event)
    // Other nodes hear only how far the log goes; if Redis is away they find out by healing.
    io.serverSideEmit('committed', event.session, event.seq)
  })
  io.on('committed', (session, head) => rooms.ring(session, head))

  return {
    gateway,
    conversation: createConversation(deps),
    mount(app) {
      const ownOrigin = new URL(config.publicUrl).origin
      app.route(
        '/api/chat/sessions',
        sessionRoutes({
          ...deps,
          connection,
          streams,
          tokens,
          who,
          inboxes: config.inboxes,
          ownOrigin,
          startRate: createStartRate({ redis, prefix, limits }),
          trustedProxies: config.trustedProxies,
        }),
      )
      app.route('/api/admin/agents', agentRoutes({ agents, tokens, who }))
    },
    seed: () => agents.seed(config.agents),
    startSweeps: (everyInOneProcess) =>
      everyInOneProcess('sessions', config.times.sweepSessions, () => timeOutSessions({ ...deps, connection })),
    startHealing: () => every(config.times.heal, rooms.heal, onError),
    async close() {
      streams.endAll()
      await gateway.close()
    },
  }
}
