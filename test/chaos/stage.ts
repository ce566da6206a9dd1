import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { stringify } from 'yaml'
import { connectMongo } from '../../src/platform/mongo.ts'
import { aBalancer } from '../support/balancer.ts'
import { aRandom } from '../support/random.ts'
import { adminKey, json, serviceEnvironment } from '../support/world.ts'
import { aChatOfAll, type Chat } from './chat.ts'
import { aClock } from './clock.ts'
import { lifeOf } from './life.ts'
import { createLoad } from './load.ts'
import type { Finding } from './oracle.ts'
import { createProcesses, type Member } from './processes.ts'
import { aReceiver } from './receiver.ts'
import { channels, type InboxName, startStands } from './stands.ts'
import { ownStores } from './stores.ts'
import { watch } from './watch.ts'

const aDay = 86_400_000
const inboxNames: readonly InboxName[] = ['default', 'shop']

/** What has nothing to do with the promise, and what asks again and again, is not hurried along. ms before the factor */
const unhurried = {
  sweepBehind: 10_000,
  heal: 20_000,
  sweepPrivacy: 50_000,
  sweepSessions: 50_000,
  sweepMail: 20_000,
  sweepAgents: 50_000,
  cutBlocked: 20_000,
  // Of hours that pass in one instant nobody has swept a minute.
  sweepRecent: [
    { every: 10_000, window: 120_000 },
    { every: 200_000, window: 2 * aDay },
  ],
}

/** Limits that a hundred clients on one address would meet, and time-outs that simulated hours would. */
const configuration = {
  times: unhurried,
  webhooks: { allow: ['127.0.0.1'] },
  inboxes: inboxNames.map((key) => ({
    key,
    name: key,
    allowedOrigins: ['*'],
    slack: { channel: channels[key] },
    challenge: { when: 'never' },
  })),
  limits: {
    messageRateLimit: 1_000,
    sessionRateLimit: { perAddress: 10_000, perInbox: 10_000 },
    visitorRateLimit: { reads: 100_000, joins: 100_000, changes: 100_000 },
    sessionTimeout: 365 * aDay * 10,
    reopenWithin: 365 * aDay * 10,
  },
}

export interface StageOptions {
  seed: number
  /** Half of them are there from the start; the others begin one by one while something goes wrong. */
  chats: number
  /** Multiplies the service's and the stand-ins' times. */
  factor: number
  say(line: string): void
}

/** All of it: stores, stand-ins, three api nodes and two workers, and chats with everybody who takes part. */
export async function aStage({ seed, chats: count, factor, say }: StageOptions) {
  const random = aRandom(seed)
  const folder = mkdtempSync(join(tmpdir(), 'deskbridge-chaos-'))
  const clock = aClock(join(folder, 'clock'))
  const stores = await ownStores(join(folder, 'stores'))
  const balancer = await aBalancer({ asks: true })
  const receiver = await aReceiver()
  const stands = await startStands({ url: balancer.url, factor, clock })
  const config = join(folder, 'config.yaml')
  writeFileSync(config, stringify(configuration))
  const env = {
    ...serviceEnvironment({ url: balancer.url, slack: stands.urls.slack, zendesk: stands.urls.zendesk, factor }),
    DESKBRIDGE_CONFIG: config,
    DESKBRIDGE_CLOCK: clock.file,
    DESKBRIDGE_DATA: join(folder, 'data'),
    // Processes are started a hundred times.
    NODE_COMPILE_CACHE: join(folder, 'compiled'),
  }
  const processes = await createProcesses(env, stores)
  for (const name of ['api-1', 'api-2', 'api-3']) balancer.add((await processes.add(name, 'api')).port)
  for (const name of ['worker-1', 'worker-2']) await processes.add(name, 'worker')
  const connection = await connectMongo(stores.mongodbUrl)
  const redis = new Redis(stores.redisUrl, { retryStrategy: () => 200, maxRetriesPerRequest: null })
  redis.on('error', () => {})
  const chats: Chat[] = []
  let begun = 0
  const begin = async () => {
    if (begun >= count) return
    const index = begun++
    chats.push(await aChatOfAll({ url: balancer.url, stands, tokenNow }, index, random.pick(inboxNames)))
  }
  const load = createLoad(chats, random, begin)
  /** How many faults are under way, and how many have begun. */
  const faults = { underWay: 0, begun: 0 }

  const asAdmin = <T>(path: string, body: object) =>
    json<T>(`${balancer.url}${path}`, { method: 'POST', body, headers: { authorization: `Bearer ${adminKey}` } })

  /** Whether it was done: with much else going wrong it may have to be asked again. */
  const asksAdmin = (path: string, body: object): Promise<boolean> =>
    fetch(`${balancer.url}/api/admin${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }).then(
      ({ ok }) => ok,
      () => false,
    )

  let agent = ''
  const tokenNow = async () => (await asAdmin<{ token: string }>(`/api/admin/agents/${agent}/token`, {})).token

  const start = async () => {
    await Promise.all(processes.members.map(processes.start))
    while (balancer.ready() < 3) await wait(50)
    const bo = { name: 'Bo', email: 'bo@example.com' }
    agent = (await asAdmin<{ id: string }>('/api/admin/agents', bo)).id
    for (const [path, ordered] of [
      ['in-order', true],
      ['at-once', false],
    ] as const) {
      const endpoint = { url: receiver.urlOf(path), events: ['message.created'], ordered }
      await asAdmin('/api/admin/webhooks/endpoints', endpoint)
    }
    const beginSome = async () => {
      while (begun < count / 2) await begin()
    }
    await Promise.all([0, 1, 2, 3].map(beginSome))
  }

  return {
    random,
    factor,
    say,
    clock,
    stores,
    balancer,
    stands,
    receiver,
    processes,
    connection,
    redis,
    chats,
    load,
    asksAdmin,
    faults,
    start,
    /** What is still wrong in these chats after so long. */
    findings: (limitMs: number, which: readonly Chat[] = chats) =>
      watch({ connection, stands, receiver, say }, which, limitMs),
    workers: (): Member[] => processes.members.filter(({ role }) => role === 'worker'),
    apis: (): Member[] => processes.members.filter(({ role }) => role === 'api'),
    life: async (finding: Finding) => lifeOf(connection, processes.log, await stands.everything(), finding),
    async close() {
      load.stop()
      await Promise.all(chats.map((chat) => chat.stop()))
      await processes.close()
      await balancer.close()
      await stands.stop()
      await receiver.close()
      redis.disconnect()
      await connection.close()
      await stores.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type Stage = Awaited<ReturnType<typeof aStage>>
