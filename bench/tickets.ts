import { setTimeout as wait } from 'node:timers/promises'
import { startZendesk } from '../sandbox/zendesk/start.ts'
import { quantile } from './load.ts'
import type { StoreUrls } from './run.ts'
import { deskbridge, withServer } from './servers.ts'
import { type Chat, createWriters, json } from './writers.ts'

const chats = 50
const messagesEach = 60
/** Between two messages of a chat, while all of them write. ms */
const apart = 2_000
/** What an account takes: updates a minute, and of one ticket in ten minutes. */
const account = { updates: 100, ofATicket: 30 }

interface Ticket {
  status: string
  comments: { body: string; public: boolean }[]
}

/** Chats at a service that is connected to a stand-in of Zendesk with an account's limits. */
function createFloor(url: string, zendesk: string) {
  const close = ({ sessionId, token }: Chat) =>
    json(`${url}/api/chat/sessions/${sessionId}/close`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: '{}',
    })

  const ticketOf = async ({ sessionId }: Chat): Promise<Ticket | undefined> =>
    (await json<Ticket[]>(`${zendesk}/sandbox/tickets?external_id=${sessionId}`))[0]

  /** How long each message took into its ticket. ms */
  const watch = (watched: readonly Chat[]) => {
    const took = new Map<string, number>()
    let isOn = true
    const look = async (chat: Chat) => {
      const said = (await ticketOf(chat))?.comments.map(({ body }) => body).join('\n') ?? ''
      for (const [words, at] of chat.written)
        if (!took.has(words) && said.includes(words)) took.set(words, Date.now() - at)
    }
    const looking = (async () => {
      while (isOn) {
        await Promise.all(watched.map(look))
        await wait(250)
      }
    })()
    return {
      async all(): Promise<number[]> {
        const count = watched.reduce((sum, { written }) => sum + written.size, 0)
        while (took.size < count) await wait(250)
        return [...took.values()]
      },
      async stop() {
        isOn = false
        await looking
      },
    }
  }

  const calls = () => json<{ method: string; status: number }[]>(`${zendesk}/sandbox/calls`)
  return { ...createWriters(url), close, ticketOf, watch, calls }
}

type Floor = ReturnType<typeof createFloor>

async function latency(floor: Floor, name: string, count: number, everyMs: number): Promise<void> {
  const chat = await floor.begin()
  const watched = floor.watch([chat])
  const all = await floor.writing([chat], count, everyMs).then(watched.all).finally(watched.stop)
  const seconds = (share: number) => `${(quantile(all, share) / 1_000).toFixed(1)} s`
  console.log(`${name.padEnd(58)} p50 ${seconds(0.5).padStart(7)}   most ${seconds(1).padStart(7)}`)
}

const isWhole = (chat: Chat, ticket: Ticket | undefined): boolean => {
  const transcript = ticket?.comments.findLast(({ public: isPublic }) => isPublic)?.body ?? ''
  const before = ticket?.comments.filter(({ public: isPublic }) => !isPublic).map(({ body }) => body) ?? []
  const words = [...chat.written.keys()]
  return ticket?.status === 'solved' && words.every((one) => transcript.includes(one) && before.join().includes(one))
}

/** Everybody writes at once, then every chat ends: when all of it is in the tickets, and what the limits allow. */
async function rush(floor: Floor): Promise<void> {
  const before = (await floor.calls()).length
  const all = await Promise.all(Array.from({ length: chats }, () => floor.begin()))
  await floor.writing(all, messagesEach, apart)
  await Promise.all(all.map(floor.close))
  const end = Date.now()
  const left = new Set(all)
  while (left.size > 0) {
    for (const chat of left) if (isWhole(chat, await floor.ticketOf(chat))) left.delete(chat)
    await wait(250)
  }
  const took = (Date.now() - end) / 1_000
  const calls = (await floor.calls()).slice(before)
  const updates = calls.filter(({ method }) => method.startsWith('PUT')).length
  const refused = calls.filter(({ status }) => status === 429).length
  // Each ticket may owe what was said since its last comment, and the transcript.
  const allowed = Math.max((2 * chats * 60) / account.updates, (2 * 600) / account.ofATicket)
  console.log(`
${chats} chats of ${messagesEach} messages at once, through ${account.updates} updates a minute:
  whole ${took.toFixed(1)} s after the last message; the limits allow ${allowed.toFixed(1)} s: ${(took / allowed).toFixed(2)}×
  ${updates} updates for ${chats * messagesEach} messages; ${refused} of ${calls.length} calls answered with 429 (${((100 * refused) / calls.length).toFixed(2)} %)`)
}

/** How soon what is written is in its ticket, and what fifty chats at once come to under an account's limits. */
export async function tickets(stores: StoreUrls): Promise<void> {
  const credentials = { clientId: 'id', clientSecret: 'secret' }
  const stand = await startZendesk({ port: 0, factor: 1, webhookSecret: 'unused', ...credentials })
  const env = {
    DESKBRIDGE_ROLE: 'all',
    ZENDESK_URL: stand.url,
    ZENDESK_CLIENT_ID: credentials.clientId,
    ZENDESK_CLIENT_SECRET: credentials.clientSecret,
  }
  try {
    await withServer({ ...deskbridge, settings: 'bench/tickets.yaml', env }, stores, async (url) => {
      const floor = createFloor(url, stand.url)
      await latency(floor, 'into a ticket with budget in hand: a message every 15 s', 4, 15_000)
      await latency(floor, 'into a ticket under sustained traffic: a message every 2 s', 45, 2_000)
      await rush(floor)
    })
  } finally {
    await stand.stop()
  }
}
