import { setTimeout as wait } from 'node:timers/promises'
import type { PointName } from '../points.ts'
import type { Member } from '../processes.ts'
import type { Stage } from '../stage.ts'
import { always, type Fault } from './fault.ts'

/** As long as a successor takes to be sure of a call that its holder never settled: its lease, then the settle time. */
const leaseAndSettle = ({ factor }: Stage) => (30_000 + 60_000) * factor + 1_500
/** A point that no traffic comes to is given up. */
const patience = 20_000

/** What is done to the first of these that comes to the point. */
const atPoint = (
  name: string,
  point: PointName,
  among: (stage: Stage) => readonly Member[],
  act: (stage: Stage, member: Member) => Promise<boolean>,
): Fault => ({
  name,
  async happen(stage) {
    const member = await stage.processes.firstAt(point, among(stage), patience)
    return member ? act(stage, member) : false
  },
})

async function killAndStart({ processes, random }: Stage, member: Member): Promise<boolean> {
  await processes.kill(member)
  await wait(random.between(0, 500))
  await processes.start(member)
  return true
}

const apis = (stage: Stage) => stage.apis()
const workers = (stage: Stage) => stage.workers()

/** Calls that bring something. */
const bringing = ['chat.postMessage', 'POST /api/v2/tickets', 'PUT /api/v2/tickets/:id']
const hold = (kind: 'hold_before' | 'hold_after') =>
  bringing.map((method) => ({ id: `${kind} ${method}`, kind, match: { method } }))

const letGo = (stage: Stage) => Promise.all([stage.stands.noFaults('slack'), stage.stands.noFaults('zendesk')])

/** Keeps the next call of each kind at its stand; answers once there is one. */
async function holdCalls(stage: Stage, kind: 'hold_before' | 'hold_after'): Promise<boolean> {
  await stage.stands.faults('slack', hold(kind))
  await stage.stands.faults('zendesk', hold(kind))
  for (const end = Date.now() + patience; Date.now() < end; await wait(30)) {
    const rules = [...(await stage.stands.met('slack')), ...(await stage.stands.met('zendesk'))]
    if (rules.some(({ held }) => held > 0)) return true
  }
  return false
}

/** Stands still for longer than its lease, and then goes on as if nothing had happened. */
async function beZombie(stage: Stage, member: Member): Promise<void> {
  stage.processes.freeze(member)
  await wait(leaseAndSettle(stage))
}

/** It goes on from the point at which it stands. */
function wake({ processes }: Stage, member: Member): void {
  processes.thaw(member)
  processes.goOn(member)
}

export const faultsOfProcesses: readonly Fault[] = [
  always('kill -9 of an api node', async (stage) => {
    const member = stage.random.pick(stage.apis())
    await wait(stage.random.between(200, 1_000))
    await stage.processes.kill(member)
    await wait(stage.random.between(0, 500))
    await stage.processes.start(member)
  }),
  always('kill -9 of an api node while its MongoDB is away', async (stage) => {
    const member = stage.random.pick(stage.apis())
    member.mongo.become({ kind: 'silent' })
    await wait(stage.random.between(500, 1_500))
    await stage.processes.kill(member)
    member.mongo.mend()
    await stage.processes.start(member)
  }),
  atPoint('kill -9 of an api node between stamping and inserting', 'stamped', apis, killAndStart),
  atPoint('kill -9 of a worker before its call', 'frozen', workers, killAndStart),
  {
    name: 'kill -9 of the workers in the middle of their calls',
    async happen(stage) {
      const isHeld = await holdCalls(stage, stage.random.pick(['hold_before', 'hold_after']))
      await Promise.all(stage.workers().map(stage.processes.kill))
      await letGo(stage)
      await Promise.all(stage.workers().map(stage.processes.start))
      return isHeld
    },
  },
  atPoint('kill -9 of a worker after its call and before the record', 'performed', workers, killAndStart),
  atPoint('kill -9 of a worker while it writes down whom to tell by webhook', 'told', workers, killAndStart),
  atPoint('kill -9 of a worker after it called a webhook and before the record', 'called', workers, killAndStart),
  atPoint(
    'SIGSTOP of a worker after it called a webhook, for longer than its lease',
    'called',
    workers,
    async (stage, member) => {
      await beZombie(stage, member)
      wake(stage, member)
      return true
    },
  ),
  atPoint(
    'SIGSTOP of a worker before its call, for longer than its lease',
    'frozen',
    workers,
    async (stage, member) => {
      await beZombie(stage, member)
      wake(stage, member)
      return true
    },
  ),
  atPoint(
    'SIGSTOP of a worker before its call, for longer than its lease, and kill -9 after it',
    'frozen',
    workers,
    async (stage, member) => {
      await beZombie(stage, member)
      const performed = stage.processes.firstAt('performed', [member], 5_000)
      wake(stage, member)
      // A call that Zendesk refuses never comes there.
      await performed
      return killAndStart(stage, member)
    },
  ),
  atPoint(
    'SIGSTOP of a worker in the middle of a call, for longer than its lease',
    'frozen',
    workers,
    async (stage, member) => {
      const held = holdCalls(stage, 'hold_before')
      stage.processes.goOn(member)
      const isHeld = await held
      if (isHeld) await beZombie(stage, member)
      await letGo(stage)
      stage.processes.thaw(member)
      return isHeld
    },
  ),
  atPoint('SIGSTOP of an api node between stamping and inserting', 'stamped', apis, async (stage, member) => {
    stage.processes.freeze(member)
    await wait(stage.random.between(1_000, 3_000))
    wake(stage, member)
    return true
  }),
]

export const rollingRestart = always('rolling restart with SIGTERM', async ({ processes }) => {
  for (const member of processes.members) {
    await processes.stop(member)
    await processes.start(member)
  }
})

export const downForTenMinutes = always(
  'the service down for 10 minutes, while people write in Slack and in the tickets',
  async ({ processes, clock }) => {
    await Promise.all(processes.members.map(processes.stop))
    clock.pass(5 * 60_000)
    await wait(2_000)
    clock.pass(5 * 60_000)
    await Promise.all(processes.members.map(processes.start))
  },
)
