import { setTimeout as wait } from 'node:timers/promises'
import { linkId, linksOf } from '../../../src/bridge/links/link.ts'
import { SessionId } from '../../../src/contract/ids.ts'
import { until } from '../../../stores/process.ts'
import type { Mood } from '../../support/line.ts'
import type { Chat } from '../chat.ts'
import type { Stage } from '../stage.ts'
import type { StandName } from '../stands.ts'
import type { StoreName } from '../stores.ts'
import { always, type Fault } from './fault.ts'

const hour = 3_600_000

async function killStore({ stores, random }: Stage, name: StoreName): Promise<void> {
  await stores.kill(name)
  await wait(random.between(200, 2_000))
  await stores.start(name)
}

async function gone({ processes }: Stage, name: StoreName, ms: number): Promise<void> {
  for (const member of processes.members) member[name].cut()
  await wait(ms)
  for (const member of processes.members) member[name].mend()
}

/** One process's way to one store. */
const aWay = ({ random, processes }: Stage) => random.pick(processes.members)[random.pick(['mongo', 'redis'] as const)]

/** Something that lasts for a while on one process's way to one store. */
const onTheWay = (name: string, least: number, most: number, moodIn: (stage: Stage) => Mood): Fault =>
  always(name, async (stage) => {
    const way = aWay(stage)
    way.become(moodIn(stage))
    await wait(stage.random.between(least, most))
    way.mend()
  })

export const faultsOfStores: readonly Fault[] = [
  always('kill -9 of Valkey', (stage) => killStore(stage, 'redis')),
  always('kill -9 of MongoDB', (stage) => killStore(stage, 'mongo')),
  always('FLUSHALL', async ({ redis, random }) => {
    await wait(random.between(100, 1_000))
    await redis.flushall()
    await wait(random.between(100, 1_000))
  }),
  always('Redis gone', (stage) => gone(stage, 'redis', 30_000 * stage.factor)),
  always('MongoDB gone', (stage) => gone(stage, 'mongo', 10_000 * Math.max(stage.factor, 0.2))),
  onTheWay('a network that drops what goes over it', 1_000, 3_000, () => ({ kind: 'silent' })),
  onTheWay('a slow network', 2_000, 4_000, ({ random }) => ({ kind: 'slow', ms: random.between(50, 400) })),
  onTheWay('a network that closes after the request went through', 500, 2_000, () => ({ kind: 'deaf' })),
]

/** Longer than the widest window in which the sweeps look for what was never announced. */
const longerThanEveryWindow = 49 * hour

/** Chats that wait for the remote when Redis is emptied, and in which nothing happens afterwards that would ring for them. */
const waiting = 3

/** A worker that is at it would put the next try into Redis by itself. ms */
const atRest = 300

/** Delays are that long after several tries, and each try waits for its turn among those of all other chats. ms */
const triedWithin = 180_000

/** Until the remote was tried in vain for each of them, and nothing but Redis knows when it is tried again. */
const areWaitingFor = ({ connection, clock }: Stage, destination: StandName, chats: readonly Chat[]) => {
  const theirs = { _id: { $in: chats.map(({ session }) => linkId(SessionId.parse(session), destination)) } }
  const left = () => ({
    ...theirs,
    'outbound.failures': { $gt: 0 },
    'outbound.nextAt': { $gt: clock.now() + atRest },
    'outbound.lease.until': { $lte: clock.now() },
  })
  return until(async () => (await linksOf(connection).countDocuments(left())) === chats.length, triedWithin)
}

export const flushedDuringOutage = (stand: StandName): Fault => ({
  name: `FLUSHALL during an outage of ${stand} longer than every sweep window`,
  async happen(stage) {
    const { stands, clock, redis, load } = stage
    const left = stage.chats.slice(0, waiting)
    for (const chat of left) load.quiet.add(chat)
    const areSettled = (await stage.findings(60_000, left)).length === 0
    await stands.state(stand, { available: false })
    await Promise.all(left.map((chat) => chat.write('v')))
    const areWaiting = await areWaitingFor(stage, stand, left)
    await redis.flushall()
    clock.pass(longerThanEveryWindow)
    await wait(1_000)
    await stands.state(stand, { available: true })
    for (const chat of left) load.quiet.delete(chat)
    return areSettled && areWaiting
  },
})
