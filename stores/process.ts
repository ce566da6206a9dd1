import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'

export interface Running {
  pid: number
  port: number
  /** Resolves when the process has ended, however it did. */
  ended: Promise<void>
  /** Ends it and waits until it has let go of its data. */
  stop(): Promise<void>
  kill(signal: NodeJS.Signals): void
}

/** Below the ports that systems give to outgoing connections, one of which could take it before it is listened on. */
const lowestPort = 20_000
const ports = 12_000

/** Given out here, perhaps to somebody who does not listen yet. */
const given = new Set<number>()

/** `count` ports in a row on which nobody listens; the first of them. */
export async function freePort(count = 1): Promise<number> {
  for (;;) {
    const first = lowestPort + Math.floor(Math.random() * ports)
    const row = Array.from({ length: count }, (_, index) => first + index)
    if (row.some((port) => given.has(port)) || !(await Promise.all(row.map(portIsFree))).every(Boolean)) continue
    for (const port of row) given.add(port)
    return first
  }
}

export const portIsFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer()
      .once('error', () => resolve(false))
      .once('listening', () => server.close(() => resolve(true)))
      .listen(port)
  })

/** When a process was started, as the system tells it: a pid alone may be another process by now. */
export function startOf(pid: number): string | null {
  try {
    return (
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim() || null
    )
  } catch {
    return null
  }
}

export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Waits for the condition; false when the time is over first. */
export async function until(condition: () => boolean | Promise<boolean>, limitMs: number): Promise<boolean> {
  const end = Date.now() + limitMs
  while (Date.now() < end) {
    if (await condition()) return true
    await wait(25)
  }
  return condition()
}

/** Ends what an earlier start left behind, if the pid file still names that very process. */
export async function endLeftOver(pidFile: string): Promise<boolean> {
  const left = readPidFile(pidFile)
  if (!left || startOf(left.pid) !== left.start) return false
  process.kill(left.pid, 'SIGTERM')
  if (!(await until(() => !isAlive(left.pid), 8_000))) {
    process.kill(left.pid, 'SIGKILL')
    await until(() => !isAlive(left.pid), 8_000)
  }
  rmSync(pidFile, { force: true })
  return true
}

export function readPidFile(file: string): { pid: number; start: string } | null {
  try {
    const { pid, start } = JSON.parse(readFileSync(file, 'utf8'))
    return typeof pid === 'number' && typeof start === 'string' ? { pid, start } : null
  } catch {
    return null
  }
}

/** Starts a server in a process group of its own, so that Ctrl-C reaches the service first. Its output goes to `logFile`. */
export function startProcess(options: {
  command: string
  args: readonly string[]
  port: number
  logFile: string
  pidFile: string
  env?: NodeJS.ProcessEnv
  cwd?: string
}): Running {
  mkdirSync(dirname(options.logFile), { recursive: true })
  mkdirSync(dirname(options.pidFile), { recursive: true })
  const log = openSync(options.logFile, 'a')
  const child = spawn(options.command, options.args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: options.env ?? process.env,
    ...(options.cwd && { cwd: options.cwd }),
  })
  closeSync(log)
  const ended = endOf(child).then(() => rmSync(options.pidFile, { force: true }))
  const pid = child.pid ?? 0
  if (pid > 0) writeFileSync(options.pidFile, JSON.stringify({ pid, start: startOf(pid) }))
  return {
    pid,
    port: options.port,
    ended,
    kill: (signal) => void child.kill(signal),
    async stop() {
      child.kill('SIGTERM')
      const gone = await Promise.race([ended.then(() => true), wait(10_000, false, { ref: false })])
      if (!gone) child.kill('SIGKILL')
      await ended
    },
  }
}

const endOf = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
