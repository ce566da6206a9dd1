import type { Hono } from 'hono'
import type { Connection } from 'mongoose'
import type { Who } from '../access/who.ts'
import type { Budgets } from '../bridge/budgets/reserve.ts'
import type { LogEvent } from '../contract/event.ts'
import type { EndpointId, Seq, SessionId } from '../contract/ids.ts'
import type { Ids, RandomBytes } from '../platform/ids.ts'
import type { EveryInOneProcess, Periodic } from '../platform/periodic.ts'
import type { SealedSecrets } from '../platform/sealed-secrets.ts'
import type { Allowed } from './call/address.ts'
import { type Caller, createCaller } from './call/call.ts'
import { createAftermath } from './deliveries/aftermath.ts'
import { attemptModel } from './deliveries/attempts.ts'
import { type Bodies, type BodiesDeps, createBodies } from './deliveries/body.ts'
import { createClaim } from './deliveries/claim.ts'
import { forgetDeliveries } from './deliveries/forget.ts'
import { createLanes, type Lanes } from './deliveries/lanes.ts'
import { createPull } from './deliveries/pull.ts'
import { createRecord } from './deliveries/record.ts'
import { sendSample } from './deliveries/sample.ts'
import { createSend } from './deliveries/send.ts'
import { deliveriesOf, deliveryModel } from './deliveries/stored.ts'
import { sweepDue } from './deliveries/sweep-due.ts'
import { sweepRemoved } from './deliveries/sweep-removed.ts'
import type { Doorbell, Scheduler, Work } from './doorbell.ts'
import { createEndpoints } from './endpoints/endpoints.ts'
import { createHealth } from './endpoints/health.ts'
import { createKnownEndpoints, type KnownEndpoints } from './endpoints/known.ts'
import { endpointChangesModel, endpointModel, type StoredEndpoint } from './endpoints/stored.ts'
import { createAnnouncer } from './fan-out/announce.ts'
import { createFanOut } from './fan-out/fan-out.ts'
import { fanOutModel } from './fan-out/stored.ts'
import { sweepRecent } from './fan-out/sweep-recent.ts'
import { type AgentNow, createOwnStream } from './own/own-stream.ts'
import { ownEventModel, toldStatusModel } from './own/stored.ts'
import { goOnReplaying } from './replays/replay.ts'
import { replayModel } from './replays/stored.ts'
import { webhookRoutes } from './routes.ts'

export const webhookModels = [
  endpointModel,
  endpointChangesModel,
  deliveryModel,
  attemptModel,
  fanOutModel,
  ownEventModel,
  toldStatusModel,
  replayModel,
]

export interface WebhookTimes {
  webhookTimeout: number
  webhookLease: number
  sweepBehind: number
  sweepRecent: readonly { every: number; window: number }[]
}

export interface WebhooksDeps extends BodiesDeps {
  connection: Connection
  read(session: SessionId, after: Seq): Promise<LogEvent[]>
  agentsNow(): Promise<readonly AgentNow[]>
  inboxes: { get(key: string): Promise<unknown> }
  who: Pick<Who, 'atLeast'>
  doorbell: Doorbell
  scheduler: Scheduler
  budgets: Budgets
  sealing: SealedSecrets
  allowed: Allowed
  ids: Pick<Ids, 'endpoint' | 'event' | 'token'>
  randomBytes: RandomBytes
  random(): number
  times: WebhookTimes
  now(): number
  onError(error: unknown): void
}

/** Tells other systems what happens, by webhook. */
export interface Webhooks {
  mount(app: Hono): void
  /** What was committed here. */
  announce(event: LogEvent): void
  run(work: Work): Promise<void>
  startSweeps(every: EveryInOneProcess): Periodic
  /** Waits for rings that are under way. */
  settled(): Promise<void>
  /** Lets calls under way end, for `limitMs` at most; what is cut off is made again. */
  stop(limitMs: number): Promise<void>
}

export function createWebhooks(deps: WebhooksDeps): Webhooks {
  const { connection, doorbell, now, onError, times } = deps
  const known = createKnownEndpoints(deps)
  const caller = createCaller({ allowed: deps.allowed, now, deadlineMs: times.webhookTimeout })
  const own = createOwnStream({ ...deps, known })
  const bodies = createBodies(deps)
  const lanes = createLanesOf(deps, { known, caller, bodies, disabled: own.tellDisabled })
  const announcer = createAnnouncer({ known, doorbell, onError })
  const fanOut = createFanOut({ ...deps, known })

  const replaying = { ...deps, newId: deps.ids.token }

  return {
    mount(app) {
      const forget = (id: EndpointId) => forgetDeliveries(connection, id)
      const endpoints = createEndpoints({ ...deps, random: deps.randomBytes, changed: known.changed, forget })
      const sample = { ...deps, known, caller, newId: deps.ids.token }
      const routes = webhookRoutes({
        ...replaying,
        endpoints,
        bodies,
        sendSample: (endpoint, type) => sendSample(sample, endpoint, type),
      })
      app.route('/api/admin/webhooks', routes)
    },
    announce: announcer.announce,
    settled: announcer.settled,
    async run(work) {
      switch (work.kind) {
        case 'fan_out':
          return fanOut(work.session)
        case 'pull':
          return lanes.pull(work.endpoint)
      }
    },
    startSweeps(every) {
      const stopping = new AbortController()
      const sweeps = [
        every('webhooks-due', times.sweepBehind, () => sweepDue({ connection, known, doorbell, now })),
        every('webhooks-removed', times.sweepBehind * 60, () => sweepRemoved(connection)),
        every('webhooks-own', times.sweepBehind, async () => {
          await own.finish()
          await own.tellDisabled()
          await own.tellStatuses()
        }),
        every('webhooks-replays', times.sweepBehind, () => goOnReplaying(replaying, stopping.signal)),
        ...times.sweepRecent.map(({ every: ms, window }) =>
          every(`webhooks-recent-${window}`, ms, () => sweepRecent({ connection, known, doorbell, now }, window)),
        ),
      ]
      return {
        async stop() {
          stopping.abort()
          await Promise.all(sweeps.map((sweep) => sweep.stop()))
        },
      }
    },
    async stop(limitMs) {
      const timer = setTimeout(caller.close, limitMs)
      await lanes.stop()
      clearTimeout(timer)
      caller.close()
    },
  }
}

function createLanesOf(
  deps: WebhooksDeps,
  parts: { known: KnownEndpoints; caller: Caller; bodies: Bodies; disabled(): Promise<void> },
): Lanes {
  const { connection, budgets, scheduler, ids, random, now, onError, times } = deps
  const { known, caller, bodies, disabled } = parts
  const deliveries = deliveriesOf(connection)
  const health = createHealth({ connection, newEvent: ids.event, changed: known.forget, now })
  return createLanes({
    endpoint: known.get,
    pull: createPull({ connection, now }),
    claim: createClaim({ deliveries, newClaim: ids.token, leaseMs: times.webhookLease, now }),
    send: createSend({ bodies, known, caller, record: createRecord(connection), random, now }),
    slot: (endpoint, again) => budgets.reserve(budgetOf(endpoint), { share: '', lane: 'normal', again }),
    aftermath: createAftermath({ connection, health, scheduler, disabled, now }),
    random,
    now,
    onError,
  })
}

/** In every second no more than that, whichever workers call. */
const budgetOf = ({ _id, ratePerSecond }: Pick<StoredEndpoint, '_id' | 'ratePerSecond'>) => ({
  key: `webhook:${_id}`,
  limit: (ratePerSecond ?? 1) + 1,
  windowMs: 1_000,
  burst: 1,
})
