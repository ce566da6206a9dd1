import { createMessageStore } from '../src/chat/messages/message-store.ts'
import { pageHistory } from '../src/chat/messages/page-history.ts'
import { postMessage } from '../src/chat/messages/post-message.ts'
import { messageModel, messageProjection } from '../src/chat/messages/project-messages.ts'
import { summaryFold } from '../src/chat/sessions/fold-summary.ts'
import { createLog, logModels } from '../src/log/create-log.ts'
import { loadConfig } from '../src/platform/config.ts'
import { connectMongo } from '../src/platform/mongo.ts'
import { quantile } from './load.ts'
import { fill, ids, type LongChat, longChats } from './long-chats.ts'

const lengths = [10, 1_000, 10_000]
/** Chats of each length, and what is done in each of them. */
const chatsEach = 8
const rounds = 1_500

interface Place {
  name: string
  chats: ReadonlyMap<number, readonly LongChat[]>
  append(chat: LongChat): Promise<unknown>
  open(chat: LongChat): Promise<unknown>
  close(): Promise<void>
}

/** One database with chats of every length, and the use cases on it. */
async function aPlace(mongodbUrl: string, database: string, others: number): Promise<Place> {
  const url = new URL(mongodbUrl)
  url.pathname = `/${database}`
  const connection = await connectMongo(url.toString())
  for (const model of [...logModels, messageModel]) await model(connection).createIndexes()
  const now = () => Date.now()
  const log = createLog({
    connection,
    fold: summaryFold,
    projections: [messageProjection],
    eventId: ids.event,
    now,
    deadlineMs: 10_000,
    onError: console.error,
  })
  const secret = 'a secret of the bench, long enough'
  const { limits } = loadConfig({ MONGODB_URL: mongodbUrl, REDIS_URL: 'redis://unused', DESKBRIDGE_SECRET: secret })
  const deps = { log, now, limits, messages: createMessageStore(connection, log) }
  await fill(connection, others)
  const chats = new Map<number, readonly LongChat[]>()
  for (const length of lengths) chats.set(length, await longChats(connection, length, chatsEach))
  let sent = 0
  const linkTo = () => ({ url: '' })
  return {
    name: `${others.toLocaleString('en')} other events`,
    chats,
    append: ({ session, visitor }) =>
      postMessage(deps, {
        session,
        key: ids.key(`bench:sent:${(sent += 1)}`),
        actor: { kind: 'visitor', id: visitor },
        content: 'When will it arrive?',
        internal: false,
        origin: 'deskbridge',
      }),
    open: ({ session, visitor }) =>
      pageHistory(deps, session, { limit: 50 }, { kind: 'visitor', id: visitor, linkTo, pictureAt: () => '' }),
    async close() {
      await log.projected()
      await connection.close()
    },
  }
}

type Times = Map<string, number[]>

/** One of each in turn, so that whatever else the machine does falls on all of them. */
async function measure(places: readonly Place[], what: 'append' | 'open', count: number): Promise<Times> {
  const times: Times = new Map()
  for (let round = 0; round < count; round += 1) {
    for (const place of places) {
      for (const [length, chats] of place.chats) {
        const chat = chats[round % chats.length]
        if (!chat) continue
        const start = performance.now()
        await place[what](chat)
        const label = `${place.name}, ${length.toLocaleString('en')} events`
        times.set(label, [...(times.get(label) ?? []), performance.now() - start])
      }
    }
  }
  return times
}

function print(title: string, times: Times): void {
  const [first] = times.values()
  if (!first) return
  const base = { p50: quantile(first, 0.5), p99: quantile(first, 0.99) }
  console.log(`\n${title.padEnd(52)}${'p50'.padStart(11)}${'p99'.padStart(11)}${'p99 to the first'.padStart(19)}`)
  for (const [label, all] of times) {
    const [p50, p99] = [quantile(all, 0.5), quantile(all, 0.99)]
    const cells = [`${p50.toFixed(2)} ms`.padStart(11), `${p99.toFixed(2)} ms`.padStart(11)]
    console.log(`${label.padEnd(52)}${cells.join('')}${`${(p99 / base.p99).toFixed(2)}×`.padStart(19)}`)
  }
}

/** What appending to a chat and opening it cost as the chat grows, in a small store and beside `most` other events. */
export async function growth(mongodbUrl: string, most: number): Promise<void> {
  const places = [await aPlace(mongodbUrl, 'small', 0), await aPlace(mongodbUrl, 'large', most)]
  // The first round reads each chat's tail for the first time.
  await measure(places, 'append', chatsEach)
  print('appending to a chat of', await measure(places, 'append', rounds))
  print('opening a chat of', await measure(places, 'open', rounds / 3))
  for (const place of places) await place.close()
}
