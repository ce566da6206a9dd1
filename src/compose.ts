import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import type { Hono } from 'hono'
import { createAccess } from './access/create-access.ts'
import { keyRoutes } from './access/keys/routes.ts'
import { accessModels } from './access/sign-in/collections.ts'
import { analyticsModels, createAnalytics } from './analytics/create-analytics.ts'
import { createApi } from './api/create-api.ts'
import { bridgeModels, createBridge } from './bridge/bridge.ts'
import { createBudgets } from './bridge/budgets/reserve.ts'
import type { Work as BridgeWork } from './bridge/doorbell.ts'
import { broughtOf } from './bridge/links/brought.ts'
import { createThreads } from './bridge/links/threads.ts'
import { chatModels } from './chat/chat-models.ts'
import { createChat } from './chat/create-chat.ts'
import { filesUrl } from './chat/files/links.ts'
import { openFileStore } from './chat/files/open-store.ts'
import { createTeamMails } from './chat/mail/hand-over.ts'
import { wayOfAnswers } from './chat/mail/way-of-answers.ts'
import { messageProjection } from './chat/messages/project-messages.ts'
import { pictureAtOf } from './chat/pictures/picture-at.ts'
import { createSocketServer } from './chat/realtime/gateway.ts'
import { joinNodes } from './chat/realtime/join-nodes.ts'
import { summaryFold } from './chat/sessions/fold-summary.ts'
import { connectorModels, createConnectors } from './connectors/create-connectors.ts'
import { settingsOf } from './connectors/settings-of.ts'
import { createLog, logModels } from './log/create-log.ts'
import { createRegistry, nodeModel } from './nodes/registry.ts'
import { nodeRoutes } from './nodes/routes.ts'
import { standUp } from './nodes/stand-up.ts'
import { mountOperations } from './operations/mount-operations.ts'
import { retryDelay } from './platform/backoff.ts'
import { type Now, systemWait } from './platform/clock.ts'
import { listen } from './platform/http/listen.ts'
import { createIds } from './platform/ids.ts'
import type { Logger } from './platform/log-output.ts'
import { connectMongo, createIndexes } from './platform/mongo.ts'
import { createEveryInOneProcess, every, turnModel } from './platform/periodic.ts'
import { connectBlockingRedis, connectRedis } from './platform/redis.ts'
import { createSealedSecrets } from './platform/sealed-secrets.ts'
import type { Config } from './platform/settings.ts'
import { version } from './platform/version.ts'
import { createQueue } from './queue/queue.ts'
import { readAllowed } from './webhooks/call/address.ts'
import { createWebhooks, webhookModels } from './webhooks/create-webhooks.ts'
import { deliveredOf } from './webhooks/deliveries/delivered.ts'
import { forgetAnswers } from './webhooks/deliveries/forget.ts'
import { idOf, type Work as WebhookWork } from './webhooks/doorbell.ts'

export const models = [
  ...logModels,
  ...accessModels,
  ...chatModels,
  ...bridgeModels,
  ...connectorModels,
  ...webhookModels,
  ...analyticsModels,
  nodeModel,
  turnModel,
]

/** The one list of what is made of the log and can be made again. */
export const projections = [messageProjection]

export interface Service {
  /** The port that it listens on; null in the role `worker`. */
  port: number | null
  /** Lets work under way end, for a limited time. */
  stop(): Promise<void>
}

/** Longest look at one step of setting up. ms */
const examineWithin = 10_000

/** Jobs at work at once in a process; each is mostly waiting for a remote. */
const concurrency = 32

/** Wires everything together and starts what the role asks for. */
export async function startService(config: Config, deps: { now: Now; logger: Logger }): Promise<Service> {
  const { now, logger } = deps
  const { times } = config
  const onError = (error: unknown) => logger.warn({ err: error }, 'in the background')
  const connection = await connectMongo(config.mongodbUrl)
  await createIndexes(connection, models)
  const producer = connectRedis(config.redisUrl, onError)
  const blocking = connectBlockingRedis(config.redisUrl, onError)
  const ids = createIds()
  /** Names this process, to others and in what it holds. */
  const self = ids.token()
  const log = createLog({
    connection,
    fold: summaryFold,
    projections,
    eventId: ids.event,
    now,
    deadlineMs: times.append,
    onError,
  })
  const queueTimes = { jobLock: times.jobLock, stalledCheck: times.stalledCheck, insistEvery: times.sweepBehind * 2 }
  const queueDeps = { producer, prefix: config.redisPrefix, times: queueTimes, now, onError }
  const queue = createQueue<BridgeWork>({ ...queueDeps, name: 'drains', idOf: ({ kind, link }) => `${kind}-${link}` })
  const io = createSocketServer()
  const subscriber = connectBlockingRedis(config.redisUrl, onError)
  joinNodes(io, { publisher: producer, subscriber, prefix: config.redisPrefix })
  const access = createAccess({ connection, redis: producer, config, ids, now, logger })
  const filesOrigin = new URL(filesUrl(config)).origin
  const fileStore = await openFileStore(config.files)
  const chat = createChat({
    ...{ connection, log, ids, io, access, redis: producer, fileStore, config, now, random: Math.random, logger },
    eraseThere: (erasure) => bridge.erase(erasure),
    erasers: [{ name: 'webhooks', erase: ({ session }) => forgetAnswers(connection, session, now()) }],
  })
  const budgets = createBudgets({ redis: producer, prefix: config.redisPrefix, now })
  const connectors = createConnectors(config, {
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
  const bridge = createBridge({
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
    retryDelay: (failures) => retryDelay(failures, { first: times.retryFirst, most: times.retryMost }, Math.random),
    times,
    logger,
  })
  const webhookQueue = createQueue<WebhookWork>({ ...queueDeps, name: 'webhooks', idOf })
  const webhooks = createWebhooks({
    connection,
    read: log.read,
    chatsNow: chat.chatsNow,
    agentsNow: chat.agentsNow,
    inboxes: chat.inboxes,
    addresses: { linkTo: chat.files.lastingLinkTo, publicUrl: config.publicUrl },
    who: access.who,
    doorbell: webhookQueue.doorbell,
    scheduler: webhookQueue.scheduler,
    budgets,
    sealing: createSealedSecrets({ secret: config.secret, previous: config.previousSecret }),
    allowed: readAllowed(config.webhooks.allow),
    ids,
    randomBytes,
    random: Math.random,
    times,
    now,
    onError,
  })
  const teamMails = createTeamMails(config.mail)
  const analytics = createAnalytics({
    connection,
    standing: summaryFold,
    arrivals: async (sessions) => {
      const [brought, delivered] = await Promise.all([
        broughtOf(connection, sessions),
        deliveredOf(connection, sessions),
      ])
      return new Map(sessions.map((one) => [one, [...(brought.get(one) ?? []), ...(delivered.get(one) ?? [])]]))
    },
    inboxes: chat.inboxes,
    agentsNow: chat.agentsNow,
    who: access.who,
    timeZone: config.analytics.timeZone,
    everyMs: times.foldAnalytics,
    digests: {
      ways: {
        mail: teamMails?.handOver ?? null,
        slack: connectors.find(({ announce }) => announce)?.announce ?? null,
      },
      everyMs: times.sweepMail,
      publicUrl: config.publicUrl,
    },
    ids,
    random: Math.random,
    now,
    logger,
    onError,
  })
  chat.statuses.onChanged(({ agent, to: status, at }) => analytics.noteStatus({ agent, status, at }))
  log.onCommitted(bridge.announce)
  log.onCommitted(webhooks.announce)
  const registry = createRegistry({ connection, heartbeatMs: times.heartbeat, now })

  const stopping: (() => Promise<unknown>)[] = []
  const stale = new AbortController()
  const remade = log.remakeStale(stale.signal).catch(onError)
  stopping.push(async () => {
    stale.abort()
    await remade
  })
  const heeding = every(times.heal, log.heedRepairs, onError)
  stopping.push(heeding.stop)
  let draining = false
  let port: number | null = null

  if (config.role !== 'worker') {
    await chat.seed()
    const api = createApi({
      inboxes: chat.inboxes,
      sitesSeen: chat.sitesSeen,
      filesOrigin,
      challenge: config.challenge,
      logger,
      ready: async () => {
        if (draining) return { ready: false, draining }
        const mongodb = await answers(connection.db?.admin().ping())
        const redis = await answers(producer.ping())
        return { ready: mongodb, mongodb, redis, draining }
      },
      mount: [
        access.mount,
        chat.mount,
        (app) => app.route('/api/admin/nodes', nodeRoutes({ ...access, registry })),
        webhooks.mount,
        analytics.mount,
        (app) => app.route('/api/admin/keys', keyRoutes({ ...access, inboxes: chat.inboxes })),
        mountOperations({
          ...{ ...access, config, settings: settingsOf(config), sitesSeen: chat.sitesSeen, now, wait: systemWait },
          health: bridge.health,
          queues: () => Promise.all([queue.standing(), webhookQueue.standing()]),
          nodes: registry.list,
          examine: (name) => {
            const one = connectors.find(({ connector }) => connector.name === name)
            return one ? () => one.examine(() => bridge.heardAt(name)) : null
          },
          heardAt: bridge.heardAt,
          activeRoles: async () => (await chat.agentsNow()).flatMap(({ role, isActive }) => (isActive ? [role] : [])),
          limitMs: examineWithin,
        }),
        ...connectors.map(
          ({ mount }) =>
            (app: Hono) =>
              mount(app, bridge.arrivals),
        ),
      ],
    })
    const server = await listen(api, config.port)
    chat.gateway.attach(server.http)
    port = server.port
    const healing = chat.startHealing()
    stopping.push(
      () => within(times.drainSpread + times.drain, chat.drain()),
      () => healing.stop(),
      // A connection that ends no question and hears no farewell is left behind.
      () => within(times.drain, Promise.all([chat.close(), server.close()])),
    )
    await bridge.lookAfterDowntime()
    const listening = connectors.map((each) => each.listen?.(bridge.arrivals, bridge.lookAfterDowntime))
    stopping.push(() => within(times.drain, Promise.all(listening.map((each) => each?.stop()))))
  }

  if (config.role !== 'api') {
    const workers = queue.work({ connection: blocking, concurrency, run: bridge.run })
    const everyInOneProcess = createEveryInOneProcess({ connection, now, random: Math.random, onError })
    const telling = webhookQueue.work({ connection: blocking, concurrency, run: webhooks.run })
    const sweeps = [bridge, chat, webhooks, analytics].map((each) => each.startSweeps(everyInOneProcess))
    stopping.push(
      () => Promise.all(sweeps.map((sweep) => sweep.stop())),
      () => Promise.all([workers.close(times.drain), telling.close(times.drain)]),
    )
  }

  const node = standUp({
    registry,
    node: {
      id: self,
      ...{ role: config.role, version, host: hostname(), pid: process.pid },
      capacity: config.role === 'worker' ? null : config.limits.maxConnections,
      startedAt: new Date(now()),
    },
    connections: chat.connections,
    heartbeatMs: times.heartbeat,
    onError,
  })

  return {
    port,
    async stop() {
      draining = true
      await within(times.drain, node.draining())
      for (const stop of stopping) await stop()
      await webhooks.stop(times.drain)
      await Promise.all([bridge.settled(), webhooks.settled()])
      await within(times.drain, log.projected())
      await within(times.drain, node.leave())
      teamMails?.close()
      await Promise.all([queue.close(), webhookQueue.close()]).catch(onError)
      for (const redis of [producer, blocking, subscriber]) redis.disconnect()
      await connection.close()
    },
  }
}

const answers = (ping: Promise<unknown> | undefined): Promise<boolean> =>
  (ping ?? Promise.reject(new Error('not connected'))).then(
    () => true,
    () => false,
  )

async function within(limitMs: number, work: Promise<unknown>): Promise<void> {
  const limit = Promise.withResolvers<void>()
  const timer = setTimeout(limit.resolve, limitMs)
  await Promise.race([work, limit.promise])
  clearTimeout(timer)
}
