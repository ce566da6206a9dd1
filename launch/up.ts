import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { buildClients } from '../clients/build.ts'
import { StoresError } from '../stores/choose.ts'
import { endLeftOver, portIsFree, readPidFile, startOf, startProcess, until } from '../stores/process.ts'
import { type Stores, startStores } from '../stores/start.ts'
import { type Part, type Plan, planParts } from './plan.ts'
import { addSandboxAgents } from './sandbox-agents.ts'
import { keepSecrets } from './secrets.ts'
import { forgetServiceEnv, keepServiceEnv } from './service-env.ts'

const root = resolve(import.meta.dirname, '..')
const data = resolve(process.env.DESKBRIDGE_DATA ?? join(root, '.deskbridge', 'data'))
const say = (line: string) => console.log(`· ${line}`)

/** Something that a person can put right: it is said without a stack. */
class CannotStart extends Error {}

const pidFileOf = (name: string) => join(data, 'run', `${name.replaceAll(' ', '-')}.pid`)
const logFileOf = (name: string) => join(data, 'logs', `${name.replaceAll(' ', '-')}.log`)

function refuseSecond(): void {
  const other = readPidFile(pidFileOf('up'))
  if (other && startOf(other.pid) === other.start) {
    throw new CannotStart(
      `bin/up is running already (process ${other.pid}) on the data in ${data}.\nStop it with Ctrl-C there, or start another with DESKBRIDGE_DATA, PORT and SANDBOX_PORT set.`,
    )
  }
  mkdirSync(join(data, 'run'), { recursive: true })
  writeFileSync(pidFileOf('up'), JSON.stringify({ pid: process.pid, start: startOf(process.pid) }))
}

async function needPorts(parts: readonly Part[]): Promise<void> {
  for (const { name, port, portVariable } of parts) {
    if (await portIsFree(port)) continue
    throw new CannotStart(
      `Port ${port}, which the ${name} needs, is taken. End what listens on it, or set ${portVariable} to another one.`,
    )
  }
}

async function startPart(part: Part): Promise<void> {
  say(`starting the ${part.name}`)
  const running = startProcess({
    command: process.execPath,
    args: [join(root, part.script)],
    cwd: root,
    env: {
      ...process.env,
      ...part.env,
      PORT: String(part.port),
      // Compiled once, and not at each start.
      NODE_COMPILE_CACHE: join(data, 'compiled'),
    },
    port: part.port,
    pidFile: pidFileOf(part.name),
    logFile: logFileOf(part.name),
  })
  started.push({ name: part.name, stop: running.stop, ended: running.ended })
  let ended = false
  void running.ended.then(() => {
    ended = true
  })
  const isReady = () =>
    fetch(part.ready).then(
      (answer) => answer.ok,
      () => false,
    )
  const ready = await until(async () => ended || (await isReady()), 60_000)
  if (ready && !ended) return
  throw new CannotStart(`The ${part.name} did not start. The end of ${logFileOf(part.name)}:\n${endOfLog(part.name)}`)
}

function endOfLog(name: string): string {
  try {
    return readFileSync(logFileOf(name), 'utf8').trimEnd().split('\n').slice(-12).join('\n')
  } catch {
    return '(nothing)'
  }
}

function welcome({ open, real }: Plan): void {
  const width = Math.max(...open.map(({ label }) => label.length))
  const lines = open.map(({ label, url }) => `  ${label.padEnd(width)}  ${url}`)
  const which = (name: string, isReal: boolean) => `  ${name.padEnd(width)}  ${isReal ? 'your own' : 'the sandbox'}`
  console.log(
    [
      '',
      'Deskbridge is up.',
      '',
      ...lines,
      which('Slack', real.slack),
      which('Zendesk', real.zendesk),
      '',
      'Ctrl-C stops it; the data stays.',
      '',
    ].join('\n'),
  )
}

/** Everything that was started, to be stopped in the opposite order. */
const started: { name: string; stop(): Promise<void>; ended: Promise<void> | undefined }[] = []
let stopping: Promise<never> | null = null

function stopAll(code: number): Promise<never> {
  stopping ??= (async () => {
    for (const { stop } of started.splice(0).reverse()) await stop()
    forgetServiceEnv(data)
    rmSync(pidFileOf('up'), { force: true })
    process.exit(code)
  })()
  return stopping
}

async function up(): Promise<void> {
  refuseSecond()
  const parts = ['tour', 'service', 'zendesk stand-in', 'slack stand-in']
  for (const name of parts)
    if (await endLeftOver(pidFileOf(name))) say(`ended a ${name} that an earlier start left behind`)
  const secrets = keepSecrets(data)
  const plan = (stores: { mongodbUrl: string; redisUrl: string }) => planParts(process.env, secrets, stores, data)
  const { standIns, own } = plan({ mongodbUrl: '', redisUrl: '' })
  await needPorts([...standIns, ...own])
  say('starting the stores')
  const [stores] = await Promise.all([
    startStores({ env: process.env, data: join(data, 'stores'), packages: join(root, '.deskbridge', 'python'), say }),
    buildClients(join(root, 'dist')),
  ])
  keepStores(stores)
  const ready = plan({ mongodbUrl: stores.mongo.url, redisUrl: stores.redis.url })
  for (const parts of [ready.standIns, ready.own]) await Promise.all(parts.map(startPart))
  await addSandboxAgents(ready)
  keepServiceEnv(data, ready)
  welcome(ready)
  const first = await Promise.race(started.flatMap(({ name, ended }) => (ended ? [ended.then(() => name)] : [])))
  if (stopping) return
  console.error(`The ${first} has ended. The end of its log:\n${endOfLog(first)}`)
  await stopAll(1)
}

function keepStores({ mongo, redis }: Stores): void {
  for (const { name, running } of [mongo, redis]) {
    if (running) started.push({ name, stop: running.stop, ended: running.ended })
  }
}

process.on('SIGINT', () => void stopAll(0))
process.on('SIGTERM', () => void stopAll(0))

try {
  await up()
} catch (error) {
  // A part that Ctrl-C has ended while it was starting is no news.
  if (stopping) await stopping
  const isOurs = error instanceof CannotStart || error instanceof StoresError
  console.error(isOurs ? error.message : error)
  await endStarted()
}

/** A second start that is refused must not take the first one's mark away. */
async function endStarted(): Promise<void> {
  const own = readPidFile(pidFileOf('up'))?.pid === process.pid
  if (own) await stopAll(1)
  process.exit(1)
}
