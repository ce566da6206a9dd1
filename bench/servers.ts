import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect as connectTcp } from 'node:net'
import { join } from 'node:path'
import { freePort, until } from '../stores/process.ts'
import { connect, type Pair } from './load.ts'

export interface Contestant {
  name: string
  script: readonly string[]
  /** A file of them. */
  settings?: string
  env?: Readonly<Record<string, string>>
  pairs(url: string, count: number): Promise<Pair[]>
}

const root = join(import.meta.dirname, '..')
const adminKey = 'admin-key-of-the-bench'

const post = async <T>(url: string, body: object, key?: string): Promise<T> => {
  const headers = { 'content-type': 'application/json', ...(key && { authorization: `Bearer ${key}` }) }
  return (await fetch(url, { method: 'POST', body: JSON.stringify(body), headers })).json()
}

async function relayPairs(url: string, count: number): Promise<Pair[]> {
  const one = async (index: number): Promise<Pair> => {
    const sessionId = `chat-${index}`
    const [sender, peer] = await Promise.all([connect(url, ''), connect(url, '')])
    for (const socket of [sender, peer]) await socket.emitWithAck('join_chat', { sessionId })
    return { sessionId, sender, peer }
  }
  return Promise.all(Array.from({ length: count }, (_, index) => one(index)))
}

export const startChat = (url: string, inboxKey?: string) =>
  post<{ sessionId: string; token: string }>(`${url}/api/chat/sessions`, inboxKey ? { inboxKey } : {})

/** The token of an agent made for it. */
export async function agentToken(url: string): Promise<string> {
  const email = `bench-${crypto.randomUUID()}@example.com`
  const { id } = await post<{ id: string }>(`${url}/api/admin/agents`, { name: 'Bench', email }, adminKey)
  return (await post<{ token: string }>(`${url}/api/admin/agents/${id}/token`, {}, adminKey)).token
}

async function deskbridgePairs(url: string, count: number): Promise<Pair[]> {
  const agent = await agentToken(url)
  const one = async (): Promise<Pair> => {
    const { sessionId, token } = await startChat(url)
    const [sender, peer] = await Promise.all([connect(url, token), connect(url, agent)])
    await sender.emitWithAck('join_chat', { sessionId })
    await peer.emitWithAck('agent_join', { sessionId })
    return { sessionId, sender, peer }
  }
  return Promise.all(Array.from({ length: count }, one))
}

export const deskbridge: Contestant = {
  name: 'Deskbridge',
  script: ['src/main.ts'],
  // One sender writes as fast as it is answered.
  settings: 'bench/limits.yaml',
  pairs: deskbridgePairs,
}

export const contestants: readonly Contestant[] = [
  { name: 'bare relay, stores nothing', script: ['bench/relays/relay.ts', 'bare'], pairs: relayPairs },
  { name: 'relay, inserts each message', script: ['bench/relays/relay.ts', 'insert'], pairs: relayPairs },
  deskbridge,
]

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connectTcp(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

/** Runs a server of its own for `use`. */
export async function withServer<T>(
  contestant: Contestant,
  stores: { mongodbUrl: string; redisUrl: string },
  use: (url: string) => Promise<T>,
): Promise<T> {
  const port = await freePort()
  const env = {
    ...process.env,
    PORT: String(port),
    MONGODB_URL: stores.mongodbUrl,
    REDIS_URL: stores.redisUrl,
    DESKBRIDGE_ROLE: 'api',
    DESKBRIDGE_SECRET: 'a secret of the bench, long enough',
    DESKBRIDGE_ADMIN_KEY: adminKey,
    DESKBRIDGE_LOG_LEVEL: 'error',
    ...(contestant.settings && { DESKBRIDGE_CONFIG: join(root, contestant.settings) }),
    ...contestant.env,
  }
  const child = spawn(process.execPath, contestant.script, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] })
  const ended = once(child, 'exit')
  try {
    if (!(await until(() => answers(port), 30_000))) throw new Error(`${contestant.name} did not start`)
    return await use(`http://127.0.0.1:${port}`)
  } finally {
    child.kill('SIGTERM')
    await ended
  }
}
