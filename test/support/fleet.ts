import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { connectMongo } from '../../src/platform/mongo.ts'
import type { ChatOptions } from './chat.ts'
import { neverHeal } from './chat-node.ts'
import { dataOf } from './data.ts'
import { freshStores } from './stores.ts'

const program = fileURLToPath(new URL('./node-in-process.ts', import.meta.url))

type Options = Pick<ChatOptions, 'limits' | 'times' | 'config'>
interface Member {
  url: string
  process: ChildProcess
}

/** Nodes in processes of their own, on stores of their own. `stop` leaves none of them behind. */
export async function aFleet(count: number, options: Options) {
  const stores = await freshStores()
  const all: ChildProcess[] = []
  const nodes: Member[] = []
  const connection = await connectMongo(stores.mongodbUrl)
  let stopped = false

  const start = async () => {
    const child = fork(program, [JSON.stringify({ ...stores, healMs: neverHeal, ...options })], {
      execArgv: ['--expose-gc'],
    })
    all.push(child)
    const died = once(child, 'exit').then(() => Promise.reject(new Error('a node ended before it served')))
    const [url] = await Promise.race([once(child, 'message'), died])
    nodes.push({ url, process: child })
  }

  const stop = async () => {
    stopped = true
    const running = all.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)
    const gone = running.map((child) => once(child, 'exit'))
    for (const child of running) child.kill('SIGKILL')
    await Promise.all(gone)
    await connection.close()
    await stores.drop()
    await rm(dataOf(stores.redisPrefix), { recursive: true, force: true })
  }

  /** Asks one node, and another when that one is gone, until there is an answer. */
  const call = async (method: string, path: string, token: string | undefined, body: object, on: number) => {
    for (let node = on; !stopped; node += 1) {
      const headers = { ...(token && { authorization: `Bearer ${token}` }) }
      const url = `${nodes[node % nodes.length]?.url}${path}`
      const answer = await fetch(url, { method, headers, body: JSON.stringify(body) })
        .then(async (one) => ({ status: one.status, body: await one.json() }))
        .catch(() => null)
      if (answer && answer.status < 500) return answer
      await wait(20)
    }
    throw new Error('the fleet was stopped')
  }

  try {
    await start()
    await Promise.all(Array.from({ length: count - 1 }, start))
  } catch (error) {
    await stop()
    throw error
  }
  return {
    connection,
    stores,
    urls: () => nodes.map(({ url }) => url),
    /** What a node holds in memory and cannot let go, in bytes. */
    async memory(index: number): Promise<number> {
      const asked = nodes[index]?.process
      if (!asked) throw new Error(`no node ${index}`)
      asked.send('memory')
      const [bytes] = await once(asked, 'message')
      return bytes
    },
    call,
    start,
    stop,
    /** Without a chance to finish anything. */
    kill(index: number) {
      const [killed] = nodes.splice(index, 1)
      killed?.process.kill('SIGKILL')
    },
  }
}
