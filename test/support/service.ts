import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort, until } from '../../stores/process.ts'
import { adminKey, secret } from './chat-node.ts'
import { dataOf } from './data.ts'
import { freshStores } from './stores.ts'

const main = join(import.meta.dirname, '..', '..', 'src', 'main.ts')

export interface ServiceProcess {
  url: string
  child: ChildProcess
  /** What it has written. */
  lines: string[]
  end(signal: NodeJS.Signals): Promise<void>
}

const isRunning = ({ exitCode, signalCode }: ChildProcess) => exitCode === null && signalCode === null

/** The service as it is started anywhere, as processes without connectors on stores of their own. `settings`: as in a file of settings. */
export async function aService(settings: object = {}) {
  const stores = await freshStores()
  const data = dataOf(stores.redisPrefix)
  const file = join(data, 'settings.yaml')
  mkdirSync(data, { recursive: true })
  writeFileSync(file, JSON.stringify(settings))
  const all: ServiceProcess[] = []

  const start = async (role: 'api' | 'worker' | 'all'): Promise<ServiceProcess> => {
    const port = await freePort()
    const env = {
      ...process.env,
      PORT: String(port),
      PUBLIC_URL: 'http://localhost',
      MONGODB_URL: stores.mongodbUrl,
      REDIS_URL: stores.redisUrl,
      DESKBRIDGE_REDIS_PREFIX: stores.redisPrefix,
      DESKBRIDGE_DATA: data,
      DESKBRIDGE_SECRET: secret,
      DESKBRIDGE_ADMIN_KEY: adminKey,
      DESKBRIDGE_CONFIG: file,
      DESKBRIDGE_ROLE: role,
    }
    const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] })
    const lines: string[] = []
    for (const output of [child.stdout, child.stderr])
      output.on('data', (chunk: Buffer) => lines.push(...chunk.toString().split('\n').filter(Boolean)))
    const end = async (signal: NodeJS.Signals) => {
      if (!isRunning(child)) return
      const exit = once(child, 'exit')
      child.kill(signal)
      await exit
    }
    const one = { url: `http://127.0.0.1:${port}`, child, lines, end }
    all.push(one)
    const started = () => lines.some((line) => line.includes('"started"'))
    if (!(await until(() => started() || !isRunning(child), 60_000)) || !started())
      throw new Error(`the service did not start:\n${lines.slice(-20).join('\n')}`)
    return one
  }

  return {
    stores,
    start,
    async close() {
      await Promise.all(all.map(({ end }) => end('SIGKILL')))
      await stores.drop()
      await rm(data, { recursive: true, force: true })
    },
  }
}

export type Service = Awaited<ReturnType<typeof aService>>

/** Asks as the administrator does. */
export async function asAdmin<T>(url: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${url}${path}`, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    headers: { authorization: `Bearer ${adminKey}` },
  })
  return response.json() as Promise<T>
}
