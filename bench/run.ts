import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { startStores } from '../stores/start.ts'
import { analytics } from './analytics.ts'
import { compare } from './compare.ts'
import { compression } from './compression.ts'
import { flood } from './flood.ts'
import { growth } from './growth.ts'
import { start } from './start.ts'
import { threads } from './threads.ts'
import { tickets } from './tickets.ts'
import { webhooks } from './webhooks.ts'
import { widget } from './widget.ts'

export interface StoreUrls {
  mongodbUrl: string
  redisUrl: string
}

const usage = `usage: bin/bench [relays [ROUNDS] | analytics [SESSIONS] | growth [EVENTS] | flood [ROUNDS] | compression [ROUNDS] | start [ROUNDS] | tickets | threads | webhooks [EVENTS] | widget [ROUNDS]]
  relays   latency and throughput beside two plain relays (by default, 3 rounds)
  analytics  what folding chats into figures costs, reports beside asking the log, and a night after few and many chats (to 1,000,000)
  growth   what appending and opening cost as a chat and the store grow (to 1,000,000 events)
  flood    latency of others while one visitor writes as fast as the line takes it (by default, 10 rounds)
  compression  what compressing wins in bytes and costs in CPU and memory (by default, 200 rounds)
  start    how long bin/up takes, on new data and again (by default, 5 rounds)
  tickets  how soon what is written is in its ticket, also when fifty chats share one account's limits
  threads  how soon an answer in Slack is with its customer, and a hundred chats at once in four channels
  webhooks deliveries beside bare jobs, and what endpoints in trouble cost the others (by default, of 10,000 events)
  widget   how soon the widget opens and answers on a slowed processor, beside an empty page (by default, 12 rounds)`

const [name = 'relays', size] = process.argv.slice(2)
const benches: Record<string, (stores: StoreUrls) => Promise<void>> = {
  analytics: ({ mongodbUrl }) => analytics(mongodbUrl, Number(size ?? 1_000_000)),
  compression: () => compression(Number(size ?? 200)),
  relays: (stores) => compare(stores, Number(size ?? 3)),
  flood: (stores) => flood(stores, Number(size ?? 10)),
  start: () => start(Number(size ?? 5)),
  tickets,
  threads,
  webhooks: (stores) => webhooks(stores, Number(size ?? 10_000)),
  widget: (stores) => widget(stores, Number(size ?? 12)),
  growth: ({ mongodbUrl }) => growth(mongodbUrl, Number(size ?? 1_000_000)),
}

async function run(bench: (stores: StoreUrls) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'deskbridge-bench-'))
  const packages = join(resolve(import.meta.dirname, '..'), '.deskbridge', 'python')
  // A million chats are written first, which is not what is measured.
  const mayForget = name === 'analytics'
  const stores = await startStores({ env: process.env, data: folder, packages, say: console.log, mayForget })
  try {
    console.log(`${stores.mongo.name} and ${stores.redis.name}`)
    await bench({ mongodbUrl: stores.mongo.url, redisUrl: stores.redis.url })
  } finally {
    await stores.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const bench = benches[name]
if (bench) await run(bench)
else {
  console.error(usage)
  process.exitCode = 2
}
