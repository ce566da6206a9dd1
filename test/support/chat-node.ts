import { once } from 'node:events'
import type { Server as HttpServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serve } from '@hono/node-server'
import { type Logger, pino } from 'pino'
import { createAccess } from '../../src/access/create-access.ts'
import { keyRoutes } from '../../src/access/keys/routes.ts'
import { accessModels } from '../../src/access/sign-in/collections.ts'
import { analyticsModels, createAnalytics } from '../../src/analytics/create-analytics.ts'
import { createApi } from '../../src/api/create-api.ts'
import { chatModels } from '../../src/chat/chat-models.ts'
import { createChat } from '../../src/chat/create-chat.ts'
import { filesUrl } from '../../src/chat/files/links.ts'
import { openFileStore } from '../../src/chat/files/open-store.ts'
import { messageProjection } from '../../src/chat/messages/project-messages.ts'
import { createSocketServer } from '../../src/chat/realtime/gateway.ts'
import { joinNodes } from '../../src/chat/realtime/join-nodes.ts'
import { summaryFold } from '../../src/chat/sessions/fold-summary.ts'
import { CreateAgent } from '../../src/contract/agent.ts'
import { Inbox } from '../../src/contract/inbox.ts'
import { createLog, logModels } from '../../src/log/create-log.ts'
import type { Log } from '../../src/log/log.ts'
import { createRegistry, nodeModel } from '../../src/nodes/registry.ts'
import { nodeRoutes } from '../../src/nodes/routes.ts'
import { loadConfig } from '../../src/platform/config.ts'
import { createIds } from '../../src/platform/ids.ts'
import { connectMongo, createIndexes } from '../../src/platform/mongo.ts'
import { createEveryInOneProcess } from '../../src/platform/periodic.ts'
import { connectBlockingRedis, connectRedis } from '../../src/platform/redis.ts'
import type { Config, FilesConfig, Limits, Times } from '../../src/platform/settings.ts'
import { dataOf } from './data.ts'

export const adminKey = 'admin-key-of-the-tests'
export const secret = 'a secret of the tests, long enough to sign'
/** So long that only a doorbell can have brought what arrives. */
export const neverHeal = 600_000

const inboxes = [
  { key: 'default', name: 'Everyone', allowedOrigins: ['*'] },
  { key: 'shop', name: 'Shop', allowedOrigins: ['https://shop.example'] },
].map((inbox) => Inbox.parse(inbox))

/** Limits that no test meets by chance. */
const roomy: Partial<Limits> = {
  maxConnections: 1_000,
  messageRateLimit: 100_000,
  signInRateLimit: { perAddress: 100_000, perAccount: 100_000 },
  visitorRateLimit: { reads: 100_000, joins: 100_000, changes: 100_000 },
  sessionRateLimit: { perAddress: 100_000, perInbox: 100_000 },
  sessionTimeout: 1_800_000,
  sessionTimeoutWarning: 300_000,
  reopenWithin: 86_400_000,
  maxMessageSize: 10_000,
  transcriptMail: { perSession: 100_000, perRecipient: 100_000, perAddress: 100_000 },
}

interface NodeOptions {
  mongodbUrl: string
  redisUrl: string
  redisPrefix: string
  healMs: number
  /** Without it no other node hears of anything that happens here. */
  isJoined?: boolean
  limits?: Partial<Limits>
  times?: Partial<Times>
  files?: Partial<FilesConfig>
  /** Settings in place of the defaults. */
  config?: Partial<Config>
  /** In place of the clock. */
  now?: () => number
  /** In place of silence. */
  logger?: Logger
}

/** The defaults, as a process would load them, with what the tests change. */
function configOf({ mongodbUrl, redisUrl, redisPrefix, healMs, limits, times, files, config }: NodeOptions): Config {
  const defaults = loadConfig({
    MONGODB_URL: mongodbUrl,
    REDIS_URL: redisUrl,
    DESKBRIDGE_REDIS_PREFIX: redisPrefix,
    DESKBRIDGE_SECRET: secret,
    DESKBRIDGE_ADMIN_KEY: adminKey,
    DESKBRIDGE_DATA: dataOf(redisPrefix),
    PUBLIC_URL: 'https://chat.example',
  })
  return {
    ...defaults,
    inboxes,
    agents: [CreateAgent.parse({ name: 'Seeded', email: 'seeded@example.com' })],
    limits: { ...defaults.limits, ...roomy, ...limits },
    files: { ...defaults.files, ...files },
    times: { ...defaults.times, heal: healMs, sweepSessions: 400, ...times },
    ...config,
  }
}

/** The log with a gate before its states, and a count of its reads. */
function watched<State>(log: Log<State>) {
  let asking = 0
  let gate: PromiseWithResolvers<void> | undefined
  let reads = 0
  return {
    log: {
      ...log,
      async state(session) {
        asking += 1
        await gate?.promise
        return log.state(session).finally(() => (asking -= 1))
      },
      read(...range) {
        reads += 1
        return log.read(...range)
      },
    } satisfies Log<State>,
    reads: () => reads,
    /** Questions for a session's state that are not answered yet. */
    asking: () => asking,
    hold: () => void (gate = Promise.withResolvers()),
    release() {
      gate?.resolve()
      gate = undefined
    },
  }
}

/** One process of the chat as `compose` wires it, without the bridge. */
export async function aNode(options: NodeOptions) {
  const { mongodbUrl, redisUrl, redisPrefix, isJoined = true } = options
  const { now = () => Date.now(), logger = pino({ level: 'silent' }) } = options
  const config = configOf(options)
  const connection = await connectMongo(mongodbUrl)
  await createIndexes(connection, [...logModels, ...accessModels, ...chatModels, ...analyticsModels, nodeModel])
  const ids = createIds()
  const watch = watched(
    createLog({
      connection,
      fold: summaryFold,
      projections: [messageProjection],
      eventId: ids.event,
      now,
      deadlineMs: 20_000,
      onError: () => {},
    }),
  )
  const { log } = watch
  const publisher = connectRedis(redisUrl)
  const subscriber = connectBlockingRedis(redisUrl)
  await Promise.all([once(publisher, 'ready'), once(subscriber, 'ready')])
  const io = createSocketServer()
  if (isJoined) joinNodes(io, { publisher, subscriber, prefix: redisPrefix })
  else io.of('/').adapter.serverSideEmit = () => {}
  // Answered after the subscriptions that the adapter has just sent.
  await subscriber.ping()
  const access = createAccess({ connection, redis: publisher, config, ids, now, logger })
  const fileStore = await openFileStore(config.files)
  const chat = createChat({
    ...{ connection, log, ids, io, access, redis: publisher, fileStore, config, now, random: Math.random, logger },
    eraseThere: async () => [],
    erasers: [],
  })
  const analytics = createAnalytics({
    ...{ connection, standing: summaryFold, arrivals: async () => new Map(), inboxes: chat.inboxes },
    ...{ agentsNow: chat.agentsNow, who: access.who, timeZone: config.analytics.timeZone },
    everyMs: config.times.foldAnalytics,
    digests: { ways: { mail: null, slack: null }, everyMs: config.times.sweepMail, publicUrl: config.publicUrl },
    ...{ ids, random: Math.random, now, logger, onError: () => {} },
  })
  await chat.seed()
  const registry = createRegistry({ connection, heartbeatMs: config.times.heartbeat, now })
  const app = createApi({
    inboxes: chat.inboxes,
    sitesSeen: chat.sitesSeen,
    filesOrigin: new URL(filesUrl(config)).origin,
    challenge: config.challenge,
    logger,
    ready: async () => ({ ready: true }),
    mount: [
      access.mount,
      chat.mount,
      analytics.mount,
      (app) => app.route('/api/admin/nodes', nodeRoutes({ ...access, registry })),
      (app) => app.route('/api/admin/keys', keyRoutes({ ...access, inboxes: chat.inboxes })),
    ],
  })
  const server = serve({ fetch: app.fetch, port: 0 })
  chat.gateway.attach(server as never)
  if (!server.listening) await new Promise((resolve) => server.once('listening', resolve))
  const healing = chat.startHealing()
  const sweeps = chat.startSweeps(createEveryInOneProcess({ connection, now, random: Math.random, onError: () => {} }))
  const http = server as HttpServer
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  let closed: Promise<void> | undefined
  const close = async () => {
    await Promise.all([healing.stop(), sweeps.stop()])
    await chat.close()
    await log.projected()
    for (const redis of [publisher, subscriber]) redis.disconnect()
    await connection.close()
  }
  /** Answered after all that was asked of the other nodes before. */
  const askOthers = () => io.fetchSockets()
  const connected = () => io.of('/').sockets.size
  return {
    url,
    http,
    routes: app.routes,
    log,
    fileStore,
    access,
    watch,
    chat,
    connected,
    askOthers,
    connection,
    publisher,
    subscriber,
    close: () => (closed ??= close()),
  }
}

export type ChatNode = Awaited<ReturnType<typeof aNode>>
