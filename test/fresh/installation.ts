import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { freePort, isAlive, until } from '../../stores/process.ts'

const execute = promisify(execFile)

export const root = resolve(import.meta.dirname, '..', '..')

export interface Up {
  child: ChildProcess
  output(): string
  ended: Promise<number | null>
}

/** Data, ports and processes of a `bin/up` of a test's own. */
export async function anInstallation() {
  const data = mkdtempSync(join(tmpdir(), 'deskbridge-up-'))
  const port = await freePort(4)
  const sandboxPort = port + 1
  const started: Up[] = []
  const { MONGODB_URL: _mongo, REDIS_URL: _redis, ...outer } = process.env

  const up = (env: NodeJS.ProcessEnv = {}, command = join(root, 'bin', 'up')): Up => {
    const child = spawn(command, [], {
      env: { ...outer, DESKBRIDGE_DATA: data, PORT: String(port), SANDBOX_PORT: String(sandboxPort), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    })
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
    })
    child.stderr.on('data', (chunk) => {
      text += chunk
    })
    const one = { child, output: () => text, ended: once(child, 'exit').then(([code]) => code) }
    started.push(one)
    return one
  }

  /** Process ids of everything that the launcher wrote down. */
  const pids = (): number[] =>
    filesBelow(data)
      .filter((file) => file.endsWith('.pid'))
      .map((file) => JSON.parse(readFileSync(file, 'utf8')).pid)

  /** A command of the same clone and data, beside it. */
  const deskbridge = (...args: string[]): Promise<string> =>
    execute(join(root, 'bin', 'deskbridge'), args, { env: { ...outer, DESKBRIDGE_DATA: data } }).then(
      ({ stdout }) => stdout,
    )

  return {
    data,
    port,
    sandboxPort,
    up,
    deskbridge,
    pids,
    isUp: (one: Up) => until(() => one.output().includes('Deskbridge is up.') || one.child.exitCode !== null, 170_000),
    /** As Ctrl-C in a terminal: to the whole foreground group. */
    interrupt(one: Up) {
      if (one.child.pid) process.kill(-one.child.pid, 'SIGINT')
    },
    async remove() {
      const left = pids()
      for (const one of started)
        if (one.child.exitCode === null && one.child.signalCode === null) one.child.kill('SIGTERM')
      await Promise.all(started.map((one) => one.ended))
      for (const pid of left) if (isAlive(pid)) process.kill(pid, 'SIGKILL')
      rmSync(data, { recursive: true, force: true })
    },
  }
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
}
