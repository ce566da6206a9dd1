import type { Redis } from 'ioredis'
import type { Connection } from 'mongoose'
import type { Access } from '../access/create-access.ts'
import type { Log } from '../log/log.ts'
import type { Ids } from '../platform/ids.ts'
import type { Logger } from '../platform/log-output.ts'
import { createRateLimit } from '../platform/rate-limit.ts'
import { createSealedSecrets } from '../platform/sealed-secrets.ts'
import type { Config } from '../platform/settings.ts'
import { createBlocks } from './abuse/blocks.ts'
import { createChallenge, createFlood } from './abuse/challenge.ts'
import { createVisitorRate } from './abuse/visitor-rate.ts'
import { createAgents } from './agents/agents.ts'
import { createStatuses } from './agents/statuses.ts'
import { createTeamNews } from './agents/team-news.ts'
import { createAssignment } from './assignment/assignment.ts'
import { createFiles } from './files/create-files.ts'
import type { FileStore } from './files/store.ts'
import { createIdentityKeys } from './identity/identity-keys.ts'
import { createKnownVisitors } from './identity/known-visitors.ts'
import { createInboxes } from './inboxes/inboxes.ts'
import { createSites } from './inboxes/sites.ts'
import { createSitesSeen } from './inboxes/sites-seen.ts'
import { createMessageStore } from './messages/message-store.ts'
import { createPictures } from './pictures/create-pictures.ts'
import { createPresence } from './presence/presence.ts'
import { createTypingAgents } from './presence/typing.ts'
import type { EraseThere } from './privacy/erase-chat.ts'
import type { Eraser } from './privacy/eraser.ts'
import { createAhead } from './realtime/ahead.ts'
import { createRooms } from './realtime/rooms.ts'
import type { ChatServer } from './realtime/socket.ts'
import { createStartRate } from './sessions/start-rate.ts'
import type { SessionSummary } from './sessions/summary.ts'

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
  /** Of copies that others keep. */
  erasers: readonly Eraser[]
  now(): number
  /** From 0 to 1. */
  random(): number
  logger: Logger
}

export type ChatServices = ReturnType<typeof createServices>

/** What the parts of the chat share, each thing made once. */
export function createServices(options: ChatOptions) {
  const { connection, log, access, redis, config, logger, now } = options
  const { limits, times, redisPrefix: prefix } = config
  const onError = (error: unknown) => logger.warn({ err: error }, 'in the background; the next round makes up for it')
  const messages = createMessageStore(connection, log)
  const inboxes = createInboxes({ connection, now })
  const ownOrigin = new URL(config.publicUrl).origin
  const sitesSeen = createSitesSeen({ connection, ownOrigin, now, logger })
  const presence = createPresence({ redis, prefix, heartbeatMs: times.heartbeat, now })
  const typingAgents = createTypingAgents({ redis, prefix, now })
  const statuses = createStatuses({ connection, presence, limits, now, onError })
  const blocks = createBlocks({ connection, now })
  const agents = createAgents(options)
  const rateOf = (name: string, limit: number, windowMs: number) =>
    createRateLimit({ redis, prefix, name, limit, windowMs })
  const uploadRate = rateOf('upload', limits.uploadRateLimit, 60_000)
  const secrets = createSealedSecrets({ secret: config.secret, previous: config.previousSecret })
  const keys = createIdentityKeys({ ...options, secrets })
  const assignment = createAssignment({ ...options, ...access, inboxes, times, onError })
  statuses.onChanged(({ to }) => {
    if (to === 'online') assignment.serve()
  })
  return {
    ...options,
    ...access,
    limits,
    onError,
    messages,
    inboxes,
    presence,
    typingAgents,
    statuses,
    teamNews: createTeamNews(options.io),
    blocks,
    keys,
    assignment,
    agents,
    pictures: createPictures({ ...options, ...access, agents }),
    places: assignment.places,
    files: createFiles({ ...options, ...access, store: options.fileStore, messages, blocks, uploadRate }),
    rooms: createRooms({ log, ahead: createAhead(connection), onError }),
    messageRate: rateOf('message', limits.messageRateLimit, 1_000),
    startRate: createStartRate({ redis, prefix, limits }),
    visitorRate: createVisitorRate({ redis, prefix, limits }),
    sitesSeen,
    sites: createSites({ log, inboxes, ownOrigin, seen: sitesSeen }),
    trustedProxies: config.trustedProxies,
    identities: { keys, visitors: createKnownVisitors(options), now },
    challenge: createChallenge({ config: config.challenge, flood: createFlood({ redis, prefix }), logger }),
  }
}
