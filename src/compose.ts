import { randomBytes } from 'node:crypto'
import type { Connection } from 'mongoose'
import { type Access, createAccess } from './access/create-access.ts'
import { createAnalytics } from './analytics/create-analytics.ts'
import type { DigestWays } from './analytics/digests/ways.ts'
import { createBridge } from './bridge/bridge.ts'
import { type Budgets, createBudgets } from './bridge/budgets/reserve.ts'
import type { Work as BridgeWork } from './bridge/doorbell.ts'
import { broughtOf } from './bridge/links/brought.ts'
import { createThreads } from './bridge/links/threads.ts'
import { type Chat, createChat } from './chat/create-chat.ts'
import { filesUrl } from './chat/files/links.ts'
import { openFileStore } from './chat/files/open-store.ts'
import { createTeamMails } from './chat/mail/hand-over.ts'
import { wayOfAnswers } from './chat/mail/way-of-answers.ts'
import { pictureAtOf } from './chat/pictures/picture-at.ts'
import { createSocketServer } from './chat/realtime/gateway.ts'
import { joinNodes } from './chat/realtime/join-nodes.ts'
import { summaryFold } from './chat/sessions/fold-summary.ts'
import { createConnectors } from './connectors/create-connectors.ts'
import type { SessionId } from './contract/ids.ts'
import { createLog } from './log/create-log.ts'
import { createRegistry } from './nodes/registry.ts'
import { retryDelay } from './platform/backoff.ts'
import { type Now, systemWait } from './platform/clock.ts'
import { createIds, type Ids } from './platform/ids.ts'
import type { Logger } from './platform/log-output.ts'
import { connectMongo, createIndexes } from './platform/mongo.ts'
import { connectBlockingRedis, connectRedis } from './platform/redis.ts'
import { createSealedSecrets } from './platform/sealed-secrets.ts'
import type { Config } from './platform/settings.ts'
import { createQueue } from './queue/queue.ts'
import { models, projections } from './stored.ts'
import { readAllowed } from './webhooks/call/address.ts'
import { createWebhooks } from './webhooks/create-webhooks.ts'
import { deliveredOf } from './webhooks/deliveries/delivered.ts'
import { forgetAnswers } from './webhooks/deliveries/forget.ts'
import { idOf, type Work as WebhookWork } from './webhooks/doorbell.ts'

/** Everything that a process is made of, wired together; each role starts of it what it needs. */
export type Parts = Awaited<ReturnType<typeof compose>>

export async function compose(config: Config, { now, logger }: { now: Now; logger: Logger }) {
  const onError = (error: unknown) => logger.warn({ err: error }, 'in the background')
  const basis = { config, now, logger, onError, ids: createIds(), ...(await openStores(config, onError)) }
  const { connection, redis, ids } = basis
  const log = logOf(basis)
  const queues = queuesOf(basis)
  const access = createAccess({ connection, redis: redis.producer, config, ids, now, logger })
  const io = createSocketServer()
  joinNodes(io, { publisher: redis.producer, subscriber: redis.subscriber, prefix: config.redisPrefix })
  const chat = createChat({
    ...{ connection, log, ids, io, access, redis: redis.producer, config, now, random: Math.random, logger },
    fileStore: await openFileStore(config.files),
    eraseThere: (erasure) => bridge.erase(erasure),
    erasers: [{ name: 'webhooks', erase: ({ session }) => forgetAnswers(connection, session, now()) }],
  })
  const carrying = {
    ...{ ...basis, ...queues, log, access, chat },
    /** Names this process, to others and in what it holds. */
    self: ids.token(),
    filesOrigin: new URL(filesUrl(config)).origin,
    budgets: createBudgets({ redis: redis.producer, prefix: config.redisPrefix, now }),
  }
  const connectors = connectorsOf(carrying)
  const bridge = bridgeOf(carrying, connectors)
  const webhooks = webhooksOf(carrying)
  const teamMails = createTeamMails(config.mail)
  const analytics = analyticsOf(carrying, {
    mail: teamMails?.handOver ?? null,
    slack: connectors.find(({ announce }) => announce)?.announce ?? null,
  })
  chat.statuses.onChanged(({ agent, to: status, at }) => analytics.noteStatus({ agent, status, at }))
  log.onCommitted(bridge.announce)
  log.onCommitted(webhooks.announce)
  const registry = createRegistry({ connection, heartbeatMs: config.times.heartbeat, now })
  return { ...carrying, connectors, bridge, webhooks, analytics, teamMails, registry }
}

async function openStores({ mongodbUrl, redisUrl }: Config, onError: (error: unknown) => void) {
  const connection = await connectMongo(mongodbUrl)
  await createIndexes(connection, models)
  return {
    connection,
    redis: {
      producer: connectRedis(redisUrl, onError),
      blocking: connectBlockingRedis(redisUrl, onError),
      subscriber: connectBlockingRedis(redisUrl, onError),
    },
  }
}

interface Basis extends Awaited<ReturnType<typeof openStores>> {
  config: Config
  now: Now
  logger: Logger
  onError(error: unknown): void
  ids: Ids
}

const logOf = ({ config, connection, ids, now, onError }: Basis) =>
  createLog({
    connection,
    fold: summaryFold,
    projections,
    eventId: ids.event,
    now,
    deadlineMs: config.times.append,
    onError,
  })

function queuesOf({ config, redis, now, onError }: Basis) {
  const { jobLock, stalledCheck, sweepBehind } = config.times
  const times = { jobLock, stalledCheck, insistEvery: sweepBehind * 2 }
  const deps = { producer: redis.producer, prefix: config.redisPrefix, times, now, onError }
  return {
    queue: createQueue<BridgeWork>({ ...deps, name: 'drains', idOf: ({ kind, link }) => `${kind}-${link}` }),
    webhookQueue: createQueue<WebhookWork>({ ...deps, name: 'webhooks', idOf }),
  }
}

interface Carrying extends Basis, ReturnType<typeof queuesOf> {
  log: ReturnType<typeof logOf>
  access: Access
  chat: Chat
  self: string
  filesOrigin: string
  budgets: Budgets
}

const connectorsOf = ({ config, connection, access, chat, budgets, ids, filesOrigin, now, logger }: Carrying) =>
  createConnectors(config, {
    connection,
    onlyAdmins: (c) => access.who.atLeast(c, 'admin'),
    inboxes: chat.inboxes,
    people: chat.people,
    facts: chat.facts,
    files: { of: chat.files.bytesOf },
    transcripts: chat.transcripts,
    linkTo: (file) => chat.files.lastingLinkTo(file).url,
    pictureAt: pictureAtOf(config),
    signIns: access.vouched,
    desk: chat.desk,
    threads: createThreads(connection),
    newKey: ids.token,
    filesOrigin,
    async slot(budget) {
      const { at, granted } = await budgets.reserve(budget, { share: '', lane: 'normal', again: false })
      if (granted) await systemWait(at - now())
      return granted
    },
    mailsInPublic: wayOfAnswers(config) !== 'smtp',
    now,
    logger,
  })

function bridgeOf(carrying: Carrying, connectors: ReturnType<typeof connectorsOf>) {
  const { config, connection, log, chat, queue, budgets, self, ids, now, logger } = carrying
  const { times } = config
  const { retryFirst: first, retryMost: most } = times
  return createBridge({
    connection,
    connectors: connectors.map(({ connector }) => connector),
    read: log.read,
    conversation: chat.conversation,
    openChats: chat.openChats,
    doorbell: queue.doorbell,
    scheduler: queue.scheduler,
    budgets,
    owner: self,
    marker: ids.token,
    now,
    retryDelay: (failures) => retryDelay(failures, { first, most }, Math.random),
    times,
    logger,
  })
}

const webhooksOf = ({ config, connection, log, chat, access, webhookQueue, ...rest }: Carrying) =>
  createWebhooks({
    connection,
    read: log.read,
    chatsNow: chat.chatsNow,
    agentsNow: chat.agentsNow,
    inboxes: chat.inboxes,
    addresses: { linkTo: chat.files.lastingLinkTo, publicUrl: config.publicUrl },
    who: access.who,
    doorbell: webhookQueue.doorbell,
    scheduler: webhookQueue.scheduler,
    budgets: rest.budgets,
    sealing: createSealedSecrets({ secret: config.secret, previous: config.previousSecret }),
    allowed: readAllowed(config.webhooks.allow),
    ids: rest.ids,
    randomBytes,
    random: Math.random,
    times: config.times,
    now: rest.now,
    onError: rest.onError,
  })

const analyticsOf = ({ config, connection, chat, access, ids, now, logger, onError }: Carrying, ways: DigestWays) =>
  createAnalytics({
    connection,
    standing: summaryFold,
    arrivals: (sessions) => arrivalsOf(connection, sessions),
    inboxes: chat.inboxes,
    agentsNow: chat.agentsNow,
    who: access.who,
    timeZone: config.analytics.timeZone,
    everyMs: config.times.foldAnalytics,
    digests: { ways, everyMs: config.times.sweepMail, publicUrl: config.publicUrl },
    ids,
    random: Math.random,
    now,
    logger,
    onError,
  })

/** When each chat's events came to Slack, to Zendesk and to webhooks. */
async function arrivalsOf(connection: Connection, sessions: readonly SessionId[]) {
  const [brought, delivered] = await Promise.all([broughtOf(connection, sessions), deliveredOf(connection, sessions)])
  return new Map(sessions.map((one) => [one, [...(brought.get(one) ?? []), ...(delivered.get(one) ?? [])]]))
}
