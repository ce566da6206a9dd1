import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { freePort, until } from '../../stores/process.ts'
import { aLine, type Line } from '../support/line.ts'
import type { FromNode, ToNode } from './node.ts'
import type { PointName } from './points.ts'

const program = fileURLToPath(new URL('./node.ts', import.meta.url))
/** Lines of its log that a process keeps. */
const kept = 20_000
const startWithin = 60_000

export interface Member {
  name: string
  role: 'api' | 'worker'
  port: number
  /** Its ways to the stores. */
  mongo: Line
  redis: Line
}

/** The service's processes, each with a name, a port and lines that it keeps over its restarts. */
export async function createProcesses(env: NodeJS.ProcessEnv, urls: { mongodbUrl: string; redisUrl: string }) {
  const children = new Map<string, ChildProcess>()
  const members: Member[] = []
  const log: string[] = []
  const starts: { role: Member['role']; at: number; ms: number }[] = []

  const keep = (name: string) => (chunk: Buffer) => {
    for (const line of chunk.toString().split('\n')) if (line) log.push(`${name} ${line}`)
    if (log.length > kept) log.splice(0, log.length - kept)
  }
  const childOf = ({ name }: Member): ChildProcess => {
    const child = children.get(name)
    if (!child) throw new Error(`${name} was never started`)
    return child
  }
  const isRunning = (child: ChildProcess | undefined) => child?.exitCode === null && child.signalCode === null
  const isReady = ({ port }: Member) =>
    fetch(`http://127.0.0.1:${port}/readyz`).then(
      (answer) => answer.status === 200,
      () => false,
    )
  // One that has died hears nothing.
  const say = (member: Member, message: ToNode) => void childOf(member).send(message, () => {})

  const end = async (member: Member, signal: NodeJS.Signals) => {
    const child = children.get(member.name)
    if (!child || !isRunning(child)) return
    const gone = once(child, 'exit')
    child.kill(signal)
    await gone
  }

  const start = async (member: Member, deadline = Date.now() + startWithin): Promise<void> => {
    const child = fork(program, [], {
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...env,
        DESKBRIDGE_ROLE: member.role,
        PORT: String(member.port),
        MONGODB_URL: member.mongo.url,
        REDIS_URL: member.redis.url,
      },
    })
    child.stdout?.on('data', keep(member.name))
    child.stderr?.on('data', keep(member.name))
    children.set(member.name, child)
    const at = Date.now()
    const started = await Promise.race([once(child, 'message').then(() => true), once(child, 'exit').then(() => false)])
    // A store may be away: whoever supervises it starts it again.
    if (!started) return Date.now() < deadline ? start(member, deadline) : failed(member, 'did not start')
    if (member.role === 'api' && !(await until(() => isReady(member), startWithin))) failed(member, 'is not ready')
    starts.push({ role: member.role, at, ms: Date.now() - at })
  }

  const failed = ({ name }: Member, what: string): never => {
    const said = log.filter((line) => line.startsWith(`${name} `)).slice(-20)
    throw new Error(`${name} ${what}:\n${said.join('\n')}`)
  }

  return {
    members,
    log,
    /** How long each start took until the process was ready. ms */
    starts,
    async add(name: string, role: Member['role']): Promise<Member> {
      const mongo = await aLine(urls.mongodbUrl)
      const redis = await aLine(urls.redisUrl)
      const member = { name, role, port: role === 'api' ? await freePort() : 0, mongo, redis }
      members.push(member)
      return member
    },
    start: (member: Member) => start(member),
    /** As a power cut. */
    kill: (member: Member) => end(member, 'SIGKILL'),
    /** An orderly stop. */
    stop: (member: Member) => end(member, 'SIGTERM'),
    freeze: (member: Member) => void childOf(member).kill('SIGSTOP'),
    thaw: (member: Member) => void childOf(member).kill('SIGCONT'),
    /** The first of these that comes to the point stands still there; null when none does for so long. */
    async firstAt(point: PointName, among: readonly Member[], limitMs: number): Promise<Member | null> {
      const arrived = among.map(
        (member) =>
          new Promise<Member>((resolve) => {
            const heard = (message: FromNode) => message.kind === 'at' && message.point === point && resolve(member)
            childOf(member).on('message', heard)
          }),
      )
      for (const member of among) say(member, { kind: 'arm', point })
      const first = await Promise.race([...arrived, wait(limitMs, null, { ref: false })])
      for (const member of among) if (member !== first) say(member, { kind: 'disarm' })
      // One that came there in the same moment.
      for (const member of among) if (member !== first) say(member, { kind: 'go_on' })
      return first
    },
    goOn: (member: Member) => say(member, { kind: 'go_on' }),
    async close() {
      for (const member of members) await end(member, 'SIGKILL')
      await Promise.all(members.flatMap(({ mongo, redis }) => [mongo.close(), redis.close()]))
    },
  }
}
