import type { Hono } from 'hono'
import { cors } from 'hono/cors'
import type { Redis } from 'ioredis'
import type { Connection } from 'mongoose'
import type { Access } from '../access/create-access.ts'
import type { Conversation } from '../bridge/conversation.ts'
import type { LogEvent } from '../contract/event.ts'
import type { AgentId } from '../contract/ids.ts'
import type { Log } from '../log/log.ts'
import type { Ids } from '../platform/ids.ts'
import type { Logger } from '../platform/log-output.ts'
import { type EveryInOneProcess, every, type Periodic } from '../platform/periodic.ts'
import { createRateLimit } from '../platform/rate-limit.ts'
import { createSealedSecrets } from '../platform/sealed-secrets.ts'
import type { Config } from '../platform/settings.ts'
import { blockModel, createBlocks } from './abuse/blocks.ts'
import { createChallenge, createFlood } from './abuse/challenge.ts'
import { createCutBlocked } from './abuse/cut-blocked.ts'
import { mayEnter } from './abuse/may-enter.ts'
import { abusePart } from './abuse/routes.ts'
import { createVisitorRate } from './abuse/visitor-rate.ts'
import { agentModel, createAgents } from './agents/agents.ts'
import { agentsPart } from './agents/part.ts'
import { createStatuses } from './agents/statuses.ts'
import { createAssignment } from './assignment/assignment.ts'
import { createAutomation } from './automation/automation.ts'
import { createWhoIsThere } from './automation/who-is-there.ts'
import { shortcutModel } from './canned/claim-shortcut.ts'
import { cannedPart } from './canned/routes.ts'
import { cannedModel } from './canned/stored.ts'
import { createConversation } from './conversation.ts'
import { correspondence } from './correspondence.ts'
import { createFiles } from './files/create-files.ts'
import type { Files } from './files/files.ts'
import { fileModel } from './files/records.ts'
import type { FileStore } from './files/store.ts'
import { createIdentityKeys, identityKeyModel } from './identity/identity-keys.ts'
import { createKnownVisitors, knownVisitorModel } from './identity/known-visitors.ts'
import { identityPart } from './identity/routes.ts'
import { createInboxes, type Inboxes, inboxModel } from './inboxes/inboxes.ts'
import { adminInboxRoutes, inboxRoutes } from './inboxes/routes.ts'
import { createSites, onlyAllowedSites } from './inboxes/sites.ts'
import { forgetMails, mailModel } from './mail/mails.ts'
import { createMessageStore } from './messages/message-store.ts'
import { messageModel } from './messages/project-messages.ts'
import type { ChatPart } from './part.ts'
import { createPresence } from './presence/presence.ts'
import type { EraseThere } from './privacy/erase-chat.ts'
import type { Eraser } from './privacy/eraser.ts'
import { erasureModel } from './privacy/erasures.ts'
import { keptChatModel } from './privacy/find-chats.ts'
import { privacyPart } from './privacy/part.ts'
import { createActions } from './realtime/actions.ts'
import { createAhead } from './realtime/ahead.ts'
import { createGateway, type Gateway } from './realtime/gateway.ts'
import { createRooms } from './realtime/rooms.ts'
import type { ChatServer } from './realtime/socket.ts'
import { createStreams } from './realtime/stream.ts'
import { searchPart, visitorSearchModel } from './search/routes.ts'
import { sessionListModel } from './sessions/find-sessions.ts'
import { sessionRoutes } from './sessions/routes.ts'
import { createStartRate } from './sessions/start-rate.ts'
import type { SessionSummary } from './sessions/summary.ts'
import { timeOutSessions } from './sessions/time-out.ts'
import { missedModel } from './visitor-left/part.ts'

export const chatModels = [
  erasureModel,
  keptChatModel,
  visitorSearchModel,
  missedModel,
  mailModel,
  messageModel,
  agentModel,
  identityKeyModel,
  knownVisitorModel,
  cannedModel,
  shortcutModel,
  sessionListModel,
  inboxModel,
  blockModel,
  fileModel,
]

export interface ChatOptions {
  connection: Connection
  log: Log<SessionSummary>
  ids: Ids
  io: ChatServer
  access: Access
  redis: Redis
  fileStore: FileStore
  config: Config
  /** What the destinations do of an erasure. */
  eraseThere: EraseThere
  now(): number
  logger: Logger
}

export interface Chat {
  gateway: Gateway
  conversation: Conversation
  inboxes: Inboxes
  files: Files
  mount(app: Hono): void
  /** The inboxes and agents of the configuration. */
  seed(): Promise<void>
  /** What each node does for its own readers. */
  startHealing(): Periodic
  startSweeps(everyInOneProcess: EveryInOneProcess): Periodic
  /** Ends streams and sockets; their clients come back elsewhere. */
  close(): Promise<void>
}

/** The chat core: use cases and the faces that call them. */
export function createChat(options: ChatOptions): Chat {
  const { connection, log, io, access, redis, config, logger, now } = options
  const { who, standing } = access
  const { limits, times, redisPrefix: prefix } = config
  const onError = (error: unknown) => logger.warn({ err: error }, 'reading live failed; the next round makes up for it')
  const messages = createMessageStore(connection, log)
  const agents = createAgents(options)
  const inboxes = createInboxes({ connection, now })
  const presence = createPresence({ redis, prefix, heartbeatMs: times.heartbeat, now })
  const statuses = createStatuses({ connection, presence, limits, now, onError })
  const rooms = createRooms({ log, ahead: createAhead(connection), onError })
  const messageRate = createRateLimit({
    redis,
    prefix,
    name: 'message',
    limit: limits.messageRateLimit,
    windowMs: 1_000,
  })
  const uploadRate = createRateLimit({ redis, prefix, name: 'upload', limit: limits.uploadRateLimit, windowMs: 60_000 })
  const blocks = createBlocks({ connection, now })
  const files = createFiles({ ...options, ...access, store: options.fileStore, messages, blocks, uploadRate })
  const keys = createIdentityKeys({
    ...options,
    secrets: createSealedSecrets({ secret: config.secret, previous: config.previousSecret }),
  })
  const assignment = createAssignment({
    ...options,
    who,
    inboxes,
    times,
    onError: (error) => logger.warn({ err: error }, 'assigning failed; the sweep makes up for it'),
  })
  statuses.onChanged(({ to }) => {
    if (to === 'online') assignment.serve()
  })
  const deps = {
    ...options,
    ...access,
    places: assignment.places,
    limits,
    files,
    rooms,
    messages,
    messageRate,
    inboxes,
    agents,
    presence,
    statuses,
    sites: createSites({ log, inboxes, ownOrigin: new URL(config.publicUrl).origin }),
    trustedProxies: config.trustedProxies,
    identities: { keys, visitors: createKnownVisitors(options), now },
    startRate: createStartRate({ redis, prefix, limits }),
    visitorRate: createVisitorRate({ redis, prefix, limits }),
    blocks,
    challenge: createChallenge({ config: config.challenge, flood: createFlood({ redis, prefix }), logger }),
  }
  const streams = createStreams(deps)
  const gateway = createGateway({
    io,
    who,
    standing,
    presence,
    statuses,
    sites: deps.sites,
    actions: createActions(deps),
    trustedProxies: config.trustedProxies,
    mayEnter: (identity, ip) => mayEnter(deps, identity, ip),
    isFull: () => io.engine.clientsCount + streams.count() > limits.maxConnections,
    logger,
  })

  /** Copies of what people wrote that are neither the log nor made of it. */
  const erasers: readonly Eraser[] = [
    { name: 'files', erase: ({ session, at }) => files.removeOf(session, at) },
    { name: 'mails', erase: ({ session }) => forgetMails(connection, session) },
  ]
  const automation = createAutomation({
    ...deps,
    whoIsThere: createWhoIsThere(deps),
    sweepMs: times.sweepSessions,
    onError: (error) => logger.warn({ err: error }, 'not said by itself; the sweep makes up for it'),
  })

  const parts: readonly ChatPart[] = [
    privacyPart({ ...deps, erasers }, times),
    ...correspondence(deps),
    searchPart(deps),
    {
      sweeps: times.sweepRecent.map(({ every: everyMs, window }) => ({
        name: `projections of ${window} ms`,
        everyMs,
        run: () => log.projectRecent(new Date(now() - window)),
      })),
    },
    {
      mount: (app) => app.route('/api/chat/sessions', sessionRoutes({ ...deps, streams })),
      sweeps: [{ name: 'sessions', everyMs: times.sweepSessions, run: () => timeOutSessions(deps) }],
    },
    identityPart({ ...deps, keys }),
    cannedPart(deps),
    agentsPart({ ...deps, sweepMs: times.sweepAgents }),
    {
      mount: (app) =>
        app.route('/api/chat/inboxes', inboxRoutes(deps)).route('/api/admin/inboxes', adminInboxRoutes(deps)),
    },
    abusePart(deps),
    files.part,
    automation,
    assignment,
  ]

  log.onCommitted((event: LogEvent) => {
    rooms.ring(event.session, event.seq, event)
    automation.heard(event)
    // Other nodes hear only how far the log goes; if Redis is away they find out by healing.
    io.serverSideEmit('committed', event.session, event.seq)
  })
  io.on('committed', (session, head) => rooms.ring(session, head))

  const recheck = (agent: AgentId) => void Promise.all([gateway.recheck(agent), streams.recheck(agent)]).catch(onError)
  standing.onChanged((agent) => {
    recheck(agent)
    io.serverSideEmit('agent_changed', agent)
  })
  io.on('agent_changed', (agent) => {
    standing.forget(agent)
    recheck(agent)
  })

  return {
    gateway,
    inboxes,
    files,
    conversation: createConversation(deps),
    mount(app) {
      app.use('/api/chat/*', anySite, onlyAllowedSites(deps))
      for (const part of parts) part.mount?.(app)
    },
    async seed() {
      await inboxes.seed(config.inboxes)
      await agents.seed(config.agents)
    },
    startHealing: () =>
      together([
        every(times.heal, rooms.heal, onError),
        every(times.cutBlocked, createCutBlocked(deps), onError),
        every(times.heartbeat, () => Promise.all([gateway.heartbeat(), streams.heartbeat()]), onError),
        ...parts.flatMap(({ onEachNode = [] }) => onEachNode.map(({ everyMs, run }) => every(everyMs, run, onError))),
      ]),
    startSweeps(everyInOneProcess) {
      const sweeps = together(
        parts.flatMap((part) =>
          (part.sweeps ?? []).map(({ name, everyMs, run }) => everyInOneProcess(name, everyMs, run)),
        ),
      )
      return {
        async stop() {
          await sweeps.stop()
          for (const part of parts) await part.close?.()
        },
      }
    },
    async close() {
      streams.endAll()
      await assignment.stop()
      await gateway.close()
      await automation.settled()
    },
  }
}

/** Tokens travel in headers, never in cookies: another site gains nothing by asking. A site that is refused may read why. */
const anySite = cors({
  origin: (origin) => origin,
  allowHeaders: ['authorization', 'content-type', 'last-event-id'],
  maxAge: 600,
})

const together = (all: readonly Periodic[]): Periodic => ({
  async stop() {
    await Promise.all(all.map((one) => one.stop()))
  },
})
