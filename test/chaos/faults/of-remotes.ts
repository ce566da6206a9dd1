import { setTimeout as wait } from 'node:timers/promises'
import type { Destination } from '../../../src/bridge/destinations.ts'
import { until } from '../../../stores/process.ts'
import type { Chat } from '../chat.ts'
import type { Stage } from '../stage.ts'
import { channels, type StandName } from '../stands.ts'
import { always, type Fault } from './fault.ts'

const hour = 3_600_000
const standNames = ['slack', 'zendesk'] as const

/** Until the rule was met as often as it says; false when that takes too long. */
async function meet({ stands }: Stage, stand: StandName, rule: Record<string, unknown>): Promise<boolean> {
  await stands.faults(stand, [rule])
  const isMet = await until(async () => (await stands.met(stand)).every(({ hit }) => hit >= timesOf(rule)), 15_000)
  await stands.noFaults(stand)
  return isMet
}

const timesOf = ({ times }: Record<string, unknown>) => Number(times ?? 1)

const answering = (name: string, rule: Record<string, unknown>, passMs = 0): Fault => ({
  name,
  async happen(stage) {
    const isMet = await meet(stage, stage.random.pick(standNames), rule)
    stage.clock.pass(passMs)
    return isMet
  },
})

/** Whether the administrator can see that nothing goes there. */
const administratorIsTold = (stage: Stage, destination: string) =>
  until(async () => {
    const destinations = stage.connection.collection<Destination>('destinations')
    // While the store is away nobody can see it, which may be for a moment of this very fault.
    const there = await destinations.findOne({ _id: destination }).catch(() => null)
    return there?.halted != null
  }, 20_000)

/** Nobody writes in it and everything of it is everywhere; with much else going wrong it may not come to that. */
const isSettled = async (stage: Stage, chat: Chat): Promise<boolean> => {
  stage.load.quiet.add(chat)
  return (await stage.findings(60_000, [chat])).length === 0
}

/** Nobody can write there any more; the visitor can. `end`: false, where it does not come to it. */
const endOf = (name: string, end: (stage: Stage, chat: Chat) => Promise<boolean>): Fault => ({
  name,
  async happen(stage) {
    const chat = stage.random.pick(stage.chats)
    const isEnded = (await isSettled(stage, chat)) && (await end(stage, chat))
    stage.load.quiet.delete(chat)
    await chat.write('v')
    return isEnded
  },
})

const endOfTicket = (name: string, end: (stage: Stage, ticket: number) => Promise<unknown>): Fault =>
  endOf(name, async (stage, chat) => {
    const ticket = await chat.ticketNow()
    if (ticket !== undefined) await end(stage, ticket)
    return ticket !== undefined
  })

export const faultsOfRemotes: readonly Fault[] = [
  answering('429 with Retry-After', { kind: 'status', status: 429, retryAfter: 1, times: 3 }),
  // Who is not told how long to wait waits for half a minute.
  answering('429 without Retry-After', { kind: 'status', status: 429, times: 3 }, hour / 120),
  answering('500', { kind: 'status', status: 500, times: 3 }),
  answering('503', { kind: 'status', status: 503, times: 3 }),
  answering('HTML instead of JSON', { kind: 'html', times: 3 }),
  answering('a connection that breaks before the effect', { kind: 'drop_before', times: 3 }),
  answering('a connection that breaks after the effect', { kind: 'drop_after', times: 3 }),
  {
    name: 'a time-out after the effect happened',
    async happen(stage) {
      const stand = stage.random.pick(standNames)
      await stage.stands.faults(stand, [{ id: 'late', kind: 'hold_after', times: 2 }])
      const isMet = await until(async () => (await stage.stands.met(stand)).some(({ held }) => held > 0), 15_000)
      await wait(10_000 * stage.factor + 1_000)
      await stage.stands.release(stand, 'late', 'drop')
      await stage.stands.noFaults(stand)
      return isMet
    },
  },
  answering('duplicated pushes', { kind: 'duplicate_event', times: 10 }),
  answering('reordered pushes', { kind: 'reorder_event', times: 5 }),
  answering('late pushes', { kind: 'delay_event', ms: 3_000, times: 5 }),
  answering('lost pushes', { kind: 'drop_event', times: 5 }),
  always('an outage of an hour', async ({ stands, clock, random }) => {
    const stand = random.pick(standNames)
    await stands.state(stand, { available: false })
    await wait(1_500)
    clock.pass(hour)
    await wait(1_500)
    await stands.state(stand, { available: true })
  }),
  {
    name: 'a pause, and kill -9 of a worker in it',
    async happen({ asksAdmin, processes, random, workers }) {
      const connector = `/connectors/${random.pick(standNames)}`
      const isPaused = await until(() => asksAdmin(`${connector}/pause`, { reason: 'the account moves' }), 20_000)
      await wait(1_000)
      const worker = random.pick(workers())
      await processes.kill(worker)
      await processes.start(worker)
      const goesOn = await until(() => asksAdmin(`${connector}/resume`, {}), 60_000)
      if (!goesOn) throw new Error('nobody could end the pause')
      return isPaused
    },
  },
  endOfTicket('a closed ticket', ({ stands }, ticket) => stands.closeTicket(ticket)),
  endOfTicket('a deleted ticket', ({ stands }, ticket) => stands.deleteTicket(ticket)),
  endOf('a deleted root', async (_stage, chat) => chat.loseThread()),
  always('an archived channel', async (stage) => {
    const others = stage.chats.filter(({ inbox }) => inbox === 'default').slice(0, 3)
    const { underWay, begun } = stage.faults
    await stage.stands.state('slack', { archived: [channels.shop] })
    await wait(2_000)
    for (const chat of others) await chat.write('v')
    for (const chat of others) stage.load.quiet.add(chat)
    const wrong = await stage.findings(45_000, others)
    for (const chat of others) stage.load.quiet.delete(chat)
    const isTold = await administratorIsTold(stage, `slack ${channels.shop}`)
    await stage.stands.state('slack', { archived: [] })
    stage.clock.pass(hour / 6)
    if (!isTold) throw new Error('nobody was told that the channel is archived')
    // Among other faults, which hold them up for a while, the oracle judges at the end.
    const isAlone = underWay === 1 && stage.faults.begun === begun
    if (isAlone && wrong[0])
      throw new Error(`chats of other channels wait as well: ${wrong[0].token} at the ${wrong[0].place}`)
  }),
  always('a revoked token', async (stage) => {
    const stand = stage.random.pick(standNames)
    await stage.stands.state(stand, { revoked: true })
    const isTold = await administratorIsTold(stage, stand)
    await stage.stands.state(stand, { revoked: false })
    stage.clock.pass(hour / 6)
    if (!isTold) throw new Error('nobody was told that the token is revoked')
  }),
]
