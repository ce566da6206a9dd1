import type { Hono } from 'hono'
import { keyRoutes } from './access/keys/routes.ts'
import { createApi } from './api/create-api.ts'
import type { Parts } from './compose.ts'
import { settingsOf } from './connectors/settings-of.ts'
import { nodeRoutes } from './nodes/routes.ts'
import { mountOperations } from './operations/mount-operations.ts'
import { systemWait } from './platform/clock.ts'
import { listen } from './platform/http/listen.ts'
import { within } from './platform/within.ts'

export interface Serving {
  port: number
  /** Each once the one before has ended. */
  stops: readonly (() => Promise<unknown>)[]
}

/** Longest look at one step of setting up. ms */
const examineWithin = 10_000

/** The role `api`: HTTP, sockets, and what arrives from other systems. */
export async function serve(parts: Parts, isDraining: () => boolean): Promise<Serving> {
  const { config, chat, bridge, connectors } = parts
  const { times } = config
  await chat.seed()
  const server = await listen(apiOf(parts, isDraining), config.port)
  chat.gateway.attach(server.http)
  const healing = chat.startHealing()
  await bridge.lookAfterDowntime()
  const listening = connectors.map((each) => each.listen?.(bridge.arrivals, bridge.lookAfterDowntime))
  return {
    port: server.port,
    stops: [
      () => within(times.drainSpread + times.drain, chat.drain()),
      () => healing.stop(),
      // A connection that ends no question and hears no farewell is left behind.
      () => within(times.drain, Promise.all([chat.close(), server.close()])),
      () => within(times.drain, Promise.all(listening.map((each) => each?.stop()))),
    ],
  }
}

function apiOf(parts: Parts, isDraining: () => boolean): Hono {
  const { config, logger, access, chat, bridge, webhooks, analytics, connectors, registry } = parts
  return createApi({
    inboxes: chat.inboxes,
    sitesSeen: chat.sitesSeen,
    filesOrigin: parts.filesOrigin,
    challenge: config.challenge,
    logger,
    ready: () => readinessOf(parts, isDraining()),
    mount: [
      access.mount,
      chat.mount,
      (app) => app.route('/api/admin/nodes', nodeRoutes({ ...access, registry })),
      webhooks.mount,
      analytics.mount,
      (app) => app.route('/api/admin/keys', keyRoutes({ ...access, inboxes: chat.inboxes })),
      operationsOf(parts),
      ...connectors.map(
        ({ mount }) =>
          (app: Hono) =>
            mount(app, bridge.arrivals),
      ),
    ],
  })
}

function operationsOf({ config, now, access, chat, bridge, connectors, registry, queue, webhookQueue }: Parts) {
  return mountOperations({
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
  })
}

async function readinessOf({ connection, redis }: Parts, draining: boolean) {
  if (draining) return { ready: false, draining }
  const mongodb = await answers(connection.db?.admin().ping())
  return { ready: mongodb, mongodb, redis: await answers(redis.producer.ping()), draining }
}

const answers = (ping: Promise<unknown> | undefined): Promise<boolean> =>
  (ping ?? Promise.reject(new Error('not connected'))).then(
    () => true,
    () => false,
  )
