import type { Connection } from 'mongoose'
import type { LogEvent } from '../contract/event.ts'
import type { Seq, SessionId } from '../contract/ids.ts'
import type { Place } from '../contract/privacy.ts'
import { systemWait } from '../platform/clock.ts'
import type { Logger } from '../platform/log-output.ts'
import type { Budgets } from './budgets/reserve.ts'
import type { Conversation } from './conversation.ts'
import { createDestinations, destinationModel } from './destinations.ts'
import type { Doorbell, Scheduler, Work } from './doorbell.ts'
import { type Erasure, eraseSession } from './erase.ts'
import { type BridgeHealth, createHealth } from './health/health.ts'
import { inboxModel } from './inbound/arrival.ts'
import { createHeard, heardModel } from './inbound/heard.ts'
import { createInbox } from './inbound/inbox.ts'
import type { LookAgain } from './inbound/next-look.ts'
import { createReceive } from './inbound/receive.ts'
import { createSightings } from './inbound/sightings.ts'
import { bindingModel, createBindings } from './links/bindings.ts'
import { createLeases } from './links/lease.ts'
import { linkModel, linksOf } from './links/link.ts'
import { createAnnouncer } from './outbound/announce.ts'
import { createDeliver } from './outbound/deliver.ts'
import type { Arrivals } from './port/arrival.ts'
import type { Connector, DestinationName } from './port/connector.ts'
import { sweepBehind } from './sweeps/behind.ts'
import { catchUpNew, caughtUpModel } from './sweeps/catch-up.ts'
import { lookAfterDowntime } from './sweeps/look-after-downtime.ts'
import { changesModel, lookAtChanged, saysWhatChanged } from './sweeps/look-at-changed.ts'
import { sweepRecent } from './sweeps/recent.ts'

export interface BridgeTimes {
  lease: number
  settle: number
  settleCheck: number
  callTimeout: number
  callMargin: number
  sweepBehind: number
  sweepChanged: number
  sweepRecent: readonly { every: number; window: number }[]
  lookAgain: readonly LookAgain[]
}

/** Runs a task every so often in one process of all. */
export type EveryInOneProcess = (
  name: string,
  everyMs: number,
  task: () => Promise<unknown>,
) => { stop(): Promise<void> }

export interface BridgeDeps {
  connection: Connection
  connectors: readonly Connector[]
  read(session: SessionId, after: Seq, limit?: number): Promise<LogEvent[]>
  conversation: Conversation
  /** Chats that are not closed, by id, those after `after`. */
  openChats(after: SessionId | null, limit: number): Promise<SessionId[]>
  doorbell: Doorbell
  scheduler: Scheduler
  budgets: Budgets
  /** Of this process; no other has it. */
  owner: string
  marker(): string
  now(): number
  retryDelay(failures: number): number
  times: BridgeTimes
  logger: Logger
}

export interface Bridge {
  /** What was committed here; rings for the destinations that want it. */
  announce(event: LogEvent): void
  arrivals: Arrivals
  health: BridgeHealth
  /** When something last arrived from it, over all processes. */
  heardAt(name: DestinationName): Promise<Date | null>
  run(work: Work): Promise<void>
  /** Empties what waits here of a session, and answers how far each destination is. */
  erase(erasure: Erasure): Promise<Place[]>
  startSweeps(every: EveryInOneProcess): { stop(): Promise<void> }
  /** To be called once receivers accept again. */
  lookAfterDowntime(): Promise<number>
  /** Waits for rings that are under way. */
  settled(): Promise<void>
}

export const bridgeModels = [
  linkModel,
  bindingModel,
  inboxModel,
  destinationModel,
  changesModel,
  heardModel,
  caughtUpModel,
]

/** Carries logs to destinations and answers back. */
export function createBridge(deps: BridgeDeps): Bridge {
  const { connection, doorbell, logger, now, times } = deps
  const links = linksOf(connection)
  const connectors = new Map(deps.connectors.map((connector) => [connector.name, connector]))
  const heard = createHeard(connection, now)
  const shared = {
    ...deps,
    connectors,
    links,
    leases: createLeases({ links, owner: deps.owner, leaseMs: times.lease, now }),
    bindings: createBindings(connection, now),
    destinations: createDestinations(connection, now, systemWait),
    sightings: createSightings(connection),
    inbox: createInbox({ connection, links, doorbell, heard, now }),
  }
  const onError = (error: unknown) => logger.warn({ err: error }, 'announcing failed; a sweep will make up for it')
  const announcer = createAnnouncer({ links, connectors: deps.connectors, doorbell, now, onError })
  const deliver = createDeliver(shared)
  const receive = createReceive(shared)

  return {
    announce: announcer.announce,
    arrivals: shared.inbox,
    health: createHealth({ ...shared, heard }),
    heardAt: heard.last,
    run: (work) => (work.kind === 'deliver' ? deliver(work.link) : receive(work.link)),
    lookAfterDowntime: () => lookAfterDowntime(links, now()),
    erase: (erasure) => eraseSession(shared, erasure),
    settled: announcer.settled,
    startSweeps(every) {
      const recent = { connection, links, connectors: deps.connectors, doorbell, now }
      const behind = { ...shared, names: [...connectors.keys()], patience: times.settleCheck }
      const changed = { ...shared, arrivals: shared.inbox, wait: systemWait }
      const sweeps = [
        ...deps.connectors
          .filter(saysWhatChanged)
          .map((connector) =>
            every(`changed-${connector.name}`, times.sweepChanged, () => lookAtChanged(changed, connector)),
          ),
        every('catch-up', times.sweepBehind * 10, () => catchUpNew({ ...recent, openChats: deps.openChats })),
        every('sweep-behind', times.sweepBehind, () => sweepBehind(behind)),
        ...times.sweepRecent.map(({ every: ms, window }) =>
          every(`sweep-recent-${window}`, ms, () => sweepRecent(recent, window)),
        ),
      ]
      return {
        async stop() {
          await Promise.all(sweeps.map((sweep) => sweep.stop()))
        },
      }
    },
  }
}
