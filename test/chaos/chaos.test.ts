import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Fault } from './faults/fault.ts'
import { downForTenMinutes, faultsOfProcesses, rollingRestart } from './faults/of-processes.ts'
import { faultsOfRemotes } from './faults/of-remotes.ts'
import { faultsOfStores, flushedDuringOutage } from './faults/of-stores.ts'
import { faultsOfWebhooks, untilCalledAgain } from './faults/of-webhooks.ts'
import { countWrong, type Figures, lineOf, publish } from './figures.ts'
import type { Finding } from './oracle.ts'
import { aStage, type Stage } from './stage.ts'

const factor = Number(process.env.DESKBRIDGE_TEST_FACTOR ?? 0.1)
const seed = Number(process.env.DESKBRIDGE_CHAOS_SEED ?? Math.floor(Math.random() * 1e9))
/** How long everything may take to be everywhere once a fault is over: budgets of the remotes, settle times, back-off. */
const patience = Number(process.env.DESKBRIDGE_CHAOS_PATIENCE_MS ?? 60_000 + 600_000 * factor)
/** What needs longer may wait for the next look at its thread, which is brought about. ms */
const soon = 5_000
const chats = Number(process.env.DESKBRIDGE_CHAOS_CHATS ?? 60)
const mixedMs = Number(process.env.DESKBRIDGE_CHAOS_MIXED_MS ?? 60_000)
/** A client has to be back within this, when nodes are restarted one after the other. ms */
const backWithin = 5_000
/** Where a node takes longer than this to start, everything takes longer in that ratio, and clients may as well. ms */
const startsWithin = 2_500

/** Of two halves of the faults one by one, the one to try; all of them without. */
const turn = process.env.DESKBRIDGE_CHAOS_TURN

const every: readonly Fault[] = [
  ...faultsOfProcesses,
  ...faultsOfStores,
  ...faultsOfRemotes,
  ...faultsOfWebhooks,
  downForTenMinutes,
  flushedDuringOutage('slack'),
  flushedDuringOutage('zendesk'),
]
const oneByOne = every.filter((_, index) => turn === undefined || index % 2 === Number(turn))

let stage: Stage
const happened = new Map<string, number>()
const findings: Finding[] = []
let longestAway = 0

beforeAll(async () => {
  console.log(`DESKBRIDGE_CHAOS_SEED=${seed}`)
  stage = await aStage({ seed, chats, factor, say: console.log })
  await stage.start()
})

afterAll(async () => {
  const figures: Figures = {
    seed,
    stores: stage.stores.names,
    chats: stage.chats.length,
    messages: stage.load.written(),
    faults: happened,
    wrong: countWrong(findings),
    longestAway,
  }
  console.log(lineOf(figures))
  if (process.env.DESKBRIDGE_PUBLISH) publish(figures)
  await stage.close()
})

/** Whether it came to it. */
async function happen(fault: Fault): Promise<boolean> {
  stage.faults.underWay += 1
  stage.faults.begun += 1
  const isMet = await fault.happen(stage).finally(() => (stage.faults.underWay -= 1))
  if (!isMet) return false
  happened.set(fault.name, (happened.get(fault.name) ?? 0) + 1)
  return true
}

/** After which time every thread has been looked at again, for what was never told of it. ms */
const untilNextLook = 600_000 * factor

/** That everything is where it has to be, or the life of what is not. */
async function expectNothingWrong(): Promise<void> {
  const late = await stage.findings(soon)
  if (late.length > 0) stage.clock.pass(untilNextLook)
  const wrong = late.length > 0 ? await stage.findings(patience) : []
  findings.push(...wrong)
  const lives = await Promise.all(wrong.slice(0, 3).map(stage.life))
  expect(wrong.length === 0 ? '' : `${wrong.length} findings\n${lives.join('\n')}`).toBe('')
}

it('brings what is written everywhere while nothing is wrong', async () => {
  await stage.load.during(() => wait(3_000))
  await expectNothingWrong()
})

it.each(oneByOne.map((fault) => [fault.name, fault] as const))('keeps the promise through %s', async (_name, fault) => {
  expect(await stage.load.during(() => happen(fault))).toBe(true)
  await expectNothingWrong()
})

it('restarts node after node, and every client is back at once', async () => {
  const from = Date.now()
  await stage.load.during(() => happen(rollingRestart))
  await expectNothingWrong()
  const absences = stage.chats.flatMap((chat) => chat.absences()).filter((absence) => absence.from >= from)
  longestAway = Math.max(0, ...absences.map(({ ms }) => ms))
  const starts = stage.processes.starts.filter(({ role, at }) => role === 'api' && at >= from).map(({ ms }) => ms)
  const slowness = Math.max(1, Math.max(...starts) / startsWithin)
  expect(longestAway).toBeLessThan(backWithin * slowness)
})

it('keeps the promise through all of them at once', async () => {
  const end = Date.now() + mixedMs
  const ofOneKind = async (faults: readonly Fault[]) => {
    while (Date.now() < end) {
      await happen(stage.random.pick(faults))
      await wait(stage.random.between(0, 3_000))
    }
  }
  await stage.load.during(() =>
    Promise.all([faultsOfProcesses, faultsOfStores, faultsOfRemotes, faultsOfWebhooks].map(ofOneKind)),
  )
  await untilCalledAgain(stage)
  await expectNothingWrong()
})
