import { type ChildProcess, fork, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { until } from '../stores/process.ts'
import type { BareJob } from './hooks/bare.ts'
import { aPublisher, type Publisher } from './hooks/publish.ts'
import type { Behaviour, Question, Report } from './hooks/receivers.ts'
import { median } from './median.ts'
import type { StoreUrls } from './run.ts'

const root = join(import.meta.dirname, '..')
const secret = 'a secret of the bench, long enough'
const prefix = 'bench'
/** Beside the healthy ones in the second run, so that what they cost those can be told. */
const troubled: Behaviour[] = ['fails', 'fails', 'fails', 'hangs', 'hangs', 'rated']
const healthy: Behaviour[] = Array(14).fill('well')
const patienceMs = 900_000
/** Machines are noisy, and for a while at a time. */
const besideRounds = 5

/** Seconds of a core that a process has used. */
const cpuOf = ({ pid }: ChildProcess): number => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}

async function started(child: ChildProcess, name: string): Promise<ChildProcess> {
  let said = ''
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()))
  if (!(await until(() => said.includes('"started"'), 60_000))) throw new Error(`${name} did not start: ${said}`)
  return child
}

function aWorker({ mongodbUrl, redisUrl }: StoreUrls): Promise<ChildProcess> {
  const env = {
    ...process.env,
    ...{ MONGODB_URL: mongodbUrl, REDIS_URL: redisUrl, DESKBRIDGE_REDIS_PREFIX: prefix, DESKBRIDGE_ROLE: 'worker' },
    ...{ DESKBRIDGE_SECRET: secret, DESKBRIDGE_CONFIG: join(root, 'bench', 'hooks.yaml'), PORT: '0' },
  }
  const stdio: ('ignore' | 'pipe' | 'inherit')[] = ['ignore', 'pipe', 'inherit']
  return started(spawn(process.execPath, ['src/main.ts'], { cwd: root, env, stdio }), 'the worker')
}

const end = async (child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM') => {
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

/** Receivers in a process of their own. */
async function receivers(behaviours: Behaviour[]) {
  const child = fork(join(root, 'bench', 'hooks', 'receivers.ts'))
  const ask = async <T>(question: Question): Promise<T> => {
    const answered = once(child, 'message')
    child.send(question)
    return (await answered)[0] as T
  }
  const ports = await ask<number[]>({ kind: 'listen', behaviours })
  return {
    urls: ports.map((port) => `http://127.0.0.1:${port}/hook`),
    report: () => ask<Report[]>({ kind: 'report' }),
    forget: () => ask({ kind: 'forget' }),
    end: () => end(child),
  }
}

type Receivers = Awaited<ReturnType<typeof receivers>>

/** When every receiver that is `well` has so many. */
async function allTaken(all: Receivers, count: number): Promise<Report[]> {
  const until = Date.now() + patienceMs
  for (;;) {
    const reports = await all.report()
    const left = reports.filter(({ behaviour, ids }) => behaviour === 'well' && ids.length < count)
    if (left.length === 0) return reports
    if (Date.now() > until) throw new Error(`still missing: ${left.map(({ ids }) => count - ids.length)}`)
    await wait(100)
  }
}

interface Rate {
  perSecond: number
  perCoreSecond: number
}

async function rateOf(worker: Promise<ChildProcess>, all: Receivers, count: number): Promise<Rate> {
  const child = await worker
  const [from, before] = [Date.now(), cpuOf(child)]
  const reports = await allTaken(all, count)
  const cpu = cpuOf(child) - before
  await end(child)
  const deliveries = reports.reduce((sum, { ids }) => sum + ids.length, 0)
  const seconds = (Math.max(...reports.map(({ lastAt }) => lastAt)) - from) / 1_000
  return { perSecond: deliveries / seconds, perCoreSecond: deliveries / cpu }
}

/** Everything is in the queue before the worker starts, here as there; one after the other, a few times. */
async function beside(stores: StoreUrls, publisher: Publisher, count: number): Promise<{ ours: Rate; bare: Rate }[]> {
  const all = await receivers(Array(20).fill('well'))
  const rounds: { ours: Rate; bare: Rate }[] = []
  for (let round = 0; round < besideRounds; round += 1) {
    const made = await Promise.all(all.urls.map(publisher.endpoint))
    const { ids, sessions } = await publisher.publish(count, { ring: false })
    await publisher.ring(sessions)
    const ours = await rateOf(aWorker(stores), all, count)
    await all.forget()
    const bare = await rateOfBare(stores, all, ids)
    await all.forget()
    for (const id of made) await publisher.remove(id)
    rounds.push({ ours, bare })
  }
  await all.end()
  return rounds
}

async function rateOfBare(stores: StoreUrls, all: Receivers, ids: readonly string[]): Promise<Rate> {
  const body = JSON.stringify(JSON.parse(readFileSync(join(root, 'bench', 'hooks', 'body.json'), 'utf8')))
  const redis = new Redis(stores.redisUrl)
  const queue = new Queue('bare', { connection: redis, prefix })
  const job = (url: string, id: string) => ({
    name: 'call',
    data: { url, id, body, secret: bareSecret } satisfies BareJob,
  })
  const done = { removeOnComplete: true, removeOnFail: true }
  for (const id of ids) await queue.addBulk(all.urls.map((url) => ({ ...job(url, id), opts: done })))
  const script = [join('bench', 'hooks', 'bare.ts'), stores.redisUrl, prefix]
  const stdio: ('ignore' | 'pipe' | 'inherit')[] = ['ignore', 'pipe', 'inherit']
  const bare = await rateOf(started(spawn(process.execPath, script, { cwd: root, stdio }), 'bare'), all, ids.length)
  await queue.close()
  redis.disconnect()
  return bare
}

const bareSecret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

interface Run {
  /** s, until each of the healthy had all. */
  took: number[]
  calls: number
  complete: boolean
}

/** `trouble`: what happens while it goes on. */
async function flood(
  stores: StoreUrls,
  publisher: Publisher,
  {
    behaviours,
    count,
    trouble,
  }: { behaviours: Behaviour[]; count: number; trouble?: (worker: ChildProcess) => Promise<ChildProcess> },
): Promise<Run> {
  const all = await receivers(behaviours)
  const made = await Promise.all(all.urls.map(publisher.endpoint))
  let worker = await aWorker(stores)
  const from = Date.now()
  const publishing = publisher.publish(count, { ring: true })
  if (trouble) worker = await trouble(worker)
  const { ids } = await publishing
  const well = (await allTaken(all, count)).filter(({ behaviour }) => behaviour === 'well')
  await end(worker)
  const published = new Set(ids)
  for (const id of made) await publisher.remove(id)
  await all.end()
  return {
    took: well.map(({ lastAt }) => (lastAt - from) / 1_000),
    calls: well.reduce((sum, { calls }) => sum + calls, 0),
    complete: well.every(({ ids: got }) => got.length === published.size && got.every((id) => published.has(id))),
  }
}

const killed = (stores: StoreUrls) => async (worker: ChildProcess) => {
  await wait(10_000)
  await end(worker, 'SIGKILL')
  const redis = new Redis(stores.redisUrl)
  await redis.flushall()
  redis.disconnect()
  return aWorker(stores)
}

const seconds = (all: readonly number[]) => `${Math.min(...all).toFixed(1)} to ${Math.max(...all).toFixed(1)} s`

/** Deliveries beside bare jobs that make the same call, and what endpoints in trouble, a kill and an emptied Redis cost the others. */
export async function webhooks(stores: StoreUrls, count: number): Promise<void> {
  const publisher = await aPublisher({ ...stores, prefix, secret })
  const each = Math.ceil(count / 10)
  const rounds = await beside(stores, publisher, each)
  const of = (pick: (round: (typeof rounds)[number]) => number) => median(rounds.map(pick))
  const rate = (which: 'ours' | 'bare') =>
    `${of((round) => round[which].perSecond).toFixed(0)} a second, ${of((round) => round[which].perCoreSecond).toFixed(0)} a second of the worker's core`
  const ratio = (what: keyof Rate) => of(({ ours, bare }) => ours[what] / bare[what]).toFixed(2)
  console.log(`${each} events to 20 endpoints, ${besideRounds} times in turn; the middle of them:
  Deskbridge  ${rate('ours')}
  bare jobs   ${rate('bare')}
  ratio       ${ratio('perSecond')}, ${ratio('perCoreSecond')} of a core`)

  const alone = await flood(stores, publisher, { behaviours: healthy, count })
  console.log(`${count} events to 14 endpoints: each had all after ${seconds(alone.took)}; ${verdict(alone)}`)
  const behaviours = [...healthy, ...troubled]
  const mixed = await flood(stores, publisher, { behaviours, count })
  console.log(
    `and 6 more, of which 3 fail, 2 hang and 1 takes 100 a second: the 14 had all after ${seconds(mixed.took)}, ${(Math.max(...mixed.took) / Math.max(...alone.took)).toFixed(2)}× of that; ${verdict(mixed)}`,
  )
  const broken = await flood(stores, publisher, { behaviours, count, trouble: killed(stores) })
  console.log(`the same with kill -9 of the worker and FLUSHALL: ${seconds(broken.took)}; ${verdict(broken)}`)
  await publisher.close()
}

const verdict = ({ complete, calls, took }: Run) =>
  `${complete ? 'what came is what was published' : 'NOT EVERYTHING CAME'}, ${(calls / took.length).toFixed(0)} calls each`
