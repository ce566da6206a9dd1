import { type Bridge, createBridge } from '../../src/bridge/bridge.ts'
import type { Budgets } from '../../src/bridge/budgets/reserve.ts'
import { createConversation } from '../../src/chat/conversation.ts'
import { createMessageStore } from '../../src/chat/messages/message-store.ts'
import { messageProjection } from '../../src/chat/messages/project-messages.ts'
import { type ActionDeps, createActions } from '../../src/chat/realtime/actions.ts'
import { createAhead } from '../../src/chat/realtime/ahead.ts'
import { createRooms } from '../../src/chat/realtime/rooms.ts'
import { summaryFold } from '../../src/chat/sessions/fold-summary.ts'
import { openChats } from '../../src/chat/sessions/open-chats.ts'
import { EventId, type Seq, type SessionId } from '../../src/contract/ids.ts'
import { createLog } from '../../src/log/create-log.ts'
import type { Logger } from '../../src/platform/log-output.ts'
import type { Config } from '../../src/platform/settings.ts'
import type { aNetwork } from './connection.ts'
import type { Queue } from './queue.ts'
import type { Remote } from './remote.ts'
import type { Process, Schedule } from './schedule.ts'

export const lookEvery = 600_000
export const times = {
  append: 10_000,
  lease: 30_000,
  settle: 60_000,
  settleCheck: 2_000,
  callTimeout: 10_000,
  callMargin: 5_000,
  sweepBehind: 1_000,
  sweepChanged: 180_000,
  sweepRecent: [{ every: 10_000, window: 48 * 3_600_000 }],
  lookAgain: [{ quietFor: 48 * 3_600_000, every: lookEvery }],
}

/** What all processes share. */
export interface Surroundings {
  schedule: Schedule
  network: ReturnType<typeof aNetwork>
  remotes: readonly Remote[]
  queue: Queue
  /** Tells the other nodes that a log has gone on. */
  tellNodes(from: Process, session: SessionId, head: Seq): void
  /** A number that nobody else has. */
  unique(): number
  onError(error: unknown): void
}

const logger = Object.fromEntries(
  ['trace', 'debug', 'info', 'warn', 'error', 'fatal'].map((level) => [level, () => {}]),
) as unknown as Logger

/** The product itself, as `compose` wires it, in a process of the history. */
export function aService(process: Process, around: Surroundings) {
  const { schedule, network, unique, onError } = around
  const { now } = schedule
  const wait = (ms: number) => schedule.step(process, 'wait', () => {}, { due: now() + ms })
  const connection = network.connect(process)
  const queue = around.queue.producerFor(process)
  const log = createLog({
    connection,
    fold: summaryFold,
    projections: [messageProjection],
    eventId: () => EventId.parse(`evt_${String(unique()).padStart(24, '0')}`),
    now,
    wait,
    deadlineMs: times.append,
    onError,
  })
  const limits = { reopenWithin: 48 * 3_600_000, maxMessageSize: 10_000 }
  const deps = { log, limits, now } as unknown as ActionDeps
  const bridge: Bridge = createBridge({
    connection,
    connectors: around.remotes.map((remote) => remote.connectorFor(process)),
    read: log.read,
    conversation: createConversation({
      ...deps,
      agents: { withEmail: async () => null },
      presence: { whereabouts: async () => [{ kind: 'here' }] },
      config: { mail: { afterGone: 60_000 } } as Config,
    }),
    openChats: (after, limit) => openChats(connection, after, limit),
    doorbell: queue,
    scheduler: queue,
    budgets: { reserve: async () => ({ at: now(), granted: true }) } as unknown as Budgets,
    owner: process.name,
    marker: () => `m${unique()}`,
    now,
    retryDelay: (failures) => Math.min(60_000, 1_000 * 2 ** Math.min(failures - 1, 10)),
    times,
    logger,
  })
  log.onCommitted(bridge.announce)

  const rooms = createRooms({ log, ahead: createAhead(connection), onError })
  log.onCommitted((event) => {
    rooms.ring(event.session, event.seq, event)
    around.tellNodes(process, event.session, event.seq)
  })
  const actions = createActions({
    ...deps,
    rooms,
    messages: createMessageStore(connection, log),
    blocks: { current: async () => ({ isEmpty: true, blocks: () => false }) },
    visitorRate: { join: async () => {} },
    files: { linkTo: () => ({ url: '' }) },
    pictures: { at: () => '' },
    presence: { whereabouts: async () => [{ kind: 'unknown' }] },
    io: { in: () => ({ fetchSockets: async () => [] }) },
  } as unknown as ActionDeps)

  const sweeps: (() => Promise<unknown>)[] = []
  bridge.startSweeps((_name, _everyMs, task) => {
    sweeps.push(task)
    return { stop: async () => {} }
  })
  return { process, deps, log, bridge, rooms, actions, sweeps, wait }
}

export type Service = ReturnType<typeof aService>
