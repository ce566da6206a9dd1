import mongoose from 'mongoose'
import { bridgeModels } from '../../src/bridge/bridge.ts'
import { messageModel } from '../../src/chat/messages/project-messages.ts'
import type { Seq, SessionId } from '../../src/contract/ids.ts'
import { logModels } from '../../src/log/create-log.ts'
import { aNetwork } from './connection.ts'
import { aLine } from './line.ts'
import { pushesTo } from './pushes.ts'
import { aQueue } from './queue.ts'
import { aReplicaSet } from './replica-set.ts'
import { aSchedule, type Process } from './schedule.ts'
import { aService, type Service } from './service.ts'
import { slackLike } from './slack-like.ts'
import { zendeskLike } from './zendesk-like.ts'

const unconnected = mongoose.createConnection()
const models = [...logModels, ...bridgeModels, messageModel].map((model) => model(unconnected))

/** A client hears nothing for so long and asks again, perhaps elsewhere. ms */
const patience = 5_000
/** Drains at once in a worker. */
const concurrency = 2
/** Longer than a lease and the settling of the call that it held. ms */
const longSleep = 100_000
/** While somebody sleeps. ms */
const sweepEvery = 32_000

/** The process ended, or did not answer in time. */
class NoAnswer extends Error {}

export type Role = 'api' | 'worker'
export interface Node extends Service {
  role: Role
  working: number
  ended: PromiseWithResolvers<never>
}

/** Two nodes, two workers, a store, a queue and two remotes, in which anything may happen at any time. */
export function anInstallation(tape: readonly number[], sides: readonly ('slack' | 'zendesk')[]) {
  const schedule = aSchedule(tape)
  const set = aReplicaSet(models)
  const network = aNetwork(schedule, set)
  const queue = aQueue(schedule)
  const sleepLong = (process: Process) => sleep(process, longSleep)
  const lines = { slack: aLine(schedule, 'slack', sleepLong), zendesk: aLine(schedule, 'zendesk', sleepLong) }
  const errors: unknown[] = []
  const nodes: Node[] = []
  let count = 0
  const unique = () => (count += 1)

  const sweep = () => {
    for (const one of awake('worker')[0]?.sweeps ?? []) void one().catch(() => {})
  }

  /** It goes on later as if nothing had been; the others sweep meanwhile. */
  const sleep = (process: Process, ms: number) => {
    process.isAsleep = true
    const at = schedule.now()
    for (let due = sweepEvery; due < ms && due < 4 * sweepEvery; due += sweepEvery)
      void schedule.step(null, 'sweep', sweep, { due: at + due })
    const wake = () => void (process.isAsleep = false)
    void schedule.step(null, `${process.name} wakes`, wake, { due: at + ms })
  }

  const pushes = pushesTo(schedule, (act) => ask('push', ({ bridge }) => act(bridge.arrivals)))
  const kinds = { slack: slackLike, zendesk: zendeskLike }
  const remotes = sides.map((side) => kinds[side](lines[side], pushes.from(side)))

  const awake = (role: Role) => nodes.filter((node) => node.role === role && !node.process.isAsleep)

  const tellNodes = (from: Process, session: SessionId, head: Seq) => {
    for (const { process, rooms } of nodes)
      if (process !== from)
        void schedule.step(process, 'told', () => void (schedule.pick(4) < 3 && rooms.ring(session, head)))
  }

  const start = (role: Role): Node => {
    const process = { name: `${role} ${unique()}`, isAlive: true, isAsleep: false }
    const around = { schedule, network, remotes, queue, tellNodes, unique, onError: () => {} }
    const ended = Promise.withResolvers<never>()
    ended.promise.catch(() => {})
    const node = { ...aService(process, around), role, working: 0, ended }
    nodes.push(node)
    if (role === 'api') node.bridge.lookAfterDowntime().catch(() => {})
    return node
  }

  /** What a client asks of a node, which may end, sleep, or be cut off before the answer. */
  async function ask<T>(name: string, act: (node: Node) => Promise<T>, of?: Node): Promise<T> {
    const { now } = schedule
    const nodesThere = awake('api')
    const node = of ?? nodesThere[schedule.pick(nodesThere.length)]
    const tooLong = schedule
      .step(null, 'no answer', () => {}, { due: now() + patience })
      .then(() => {
        throw new NoAnswer('no answer')
      })
    if (!node) return tooLong
    const answer = async () => {
      await schedule.step(node.process, name, () => {})
      const outcome = await act(node).then(
        (value) => ({ value }),
        (error: unknown) => ({ error }),
      )
      await schedule.step(node.process, `${name}, answered`, () => {})
      if ('error' in outcome) throw outcome.error
      return outcome.value
    }
    return Promise.race([answer(), tooLong, node.ended.promise])
  }

  const work = () => {
    const free = awake('worker').filter(({ working }) => working < concurrency)
    const worker = free[schedule.pick(free.length)]
    const job = queue.take()
    if (!worker || !job) return
    worker.working += 1
    const done = () => void (worker.working -= 1)
    worker.bridge.run(job).then(done, done)
  }

  const canWork = () => queue.waiting() > 0 && awake('worker').some(({ working }) => working < concurrency)
  schedule.always('a job', canWork, work)
  schedule.always(
    'replication',
    () => set.behind() > 0,
    () => set.replicate(set.behind() - schedule.pick(set.behind())),
  )

  for (const role of ['api', 'api', 'worker', 'worker'] as const) start(role)

  return {
    schedule,
    set,
    network,
    queue,
    lines,
    pushes,
    remotes,
    nodes,
    errors,
    awake,
    ask,
    /** A process ends where it is; another one takes its place. */
    crash(index: number) {
      const node = nodes[index % Math.max(1, nodes.length)]
      if (!node) return
      nodes.splice(nodes.indexOf(node), 1)
      schedule.end(node.process)
      node.ended.reject(new NoAnswer('ended'))
      void schedule.step(null, `start ${node.role}`, () => start(node.role))
    },
    sleep(index: number, ms: number) {
      const node = nodes[index % Math.max(1, nodes.length)]
      if (node) sleep(node.process, ms)
    },
  }
}

export type Installation = ReturnType<typeof anInstallation>
