import mongoose from 'mongoose'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import { bridgeModels, createBridge } from '../../src/bridge/bridge.ts'
import { createBudgets } from '../../src/bridge/budgets/reserve.ts'
import type { Reach } from '../../src/bridge/conversation.ts'
import type { Work } from '../../src/bridge/doorbell.ts'
import type { StoredArrival } from '../../src/bridge/inbound/arrival.ts'
import type { Link } from '../../src/bridge/links/link.ts'
import type { InboxItem } from '../../src/bridge/port/arrival.ts'
import { DeskbridgeError } from '../../src/contract/errors.ts'
import type { Actor, EventDraft, LogEvent } from '../../src/contract/event.ts'
import { EventId, EventKey, SessionId, VisitorId } from '../../src/contract/ids.ts'
import { redactEvents } from '../../src/log/redact.ts'
import { connectRedis } from '../../src/platform/redis.ts'
import { aColleague } from './colleague.ts'
import { farAhead } from './far-ahead.ts'
import type { FakeRemote } from './remote.ts'
import { freshStores } from './stores.ts'

const times = {
  lease: 30_000,
  settle: 60_000,
  settleCheck: 1_000,
  callTimeout: 10_000,
  callMargin: 5_000,
  sweepBehind: 1_000,
  sweepChanged: 180_000,
  sweepRecent: [{ every: 10_000, window: 120_000 }],
  lookAgain: [
    { quietFor: 3_600_000, every: 600_000 },
    { quietFor: 172_800_000, every: 3_600_000 },
  ],
}

export const aSession = SessionId.parse(`ses_${'0'.repeat(24)}`)
const visitorId = VisitorId.parse(`vis_${'0'.repeat(24)}`)
const visitor: Actor = { kind: 'visitor', id: visitorId, name: 'Ana' }
export const anAgent: Actor = { kind: 'colleague', system: 'zendesk', id: '7', name: 'Bo' }

/** What the chat takes for too long. */
export const tooLong = 'far too long'

function checkLength(text: string): void {
  if (text === tooLong) throw new DeskbridgeError('message_too_long')
}

/**
 * A bridge on real stores with remotes in memory, a clock that the test moves, and a queue that runs what was rung only
 * when the test says so. `another()` is a second process on the same stores.
 */
export async function aBridge(remotes: readonly FakeRemote[]) {
  const stores = await freshStores()
  const connection = await mongoose.createConnection(stores.mongodbUrl).asPromise()
  const redis = connectRedis(stores.redisUrl)
  for (const model of bridgeModels) await model(connection).init()
  const events = connection.collection<LogEvent>('events')
  const links = connection.collection<Link>('links')
  const posted: string[] = []
  const reach: { now: Reach } = { now: 'reached' }
  const linking = { works: true, tickets: [] as { key: string; id: string; url: string }[] }
  const rung: Work[] = []
  const woken: { work: Work; at: number }[] = []
  const logged: { level: string; msg: string }[] = []
  let now = farAhead
  let appended = 0
  const heads = new Map<SessionId, number>()
  let markers = 0

  const append = async (draft: EventDraft, key = `test:${appended + 1}`, session = aSession) => {
    appended += 1
    const seq = (heads.get(session) ?? 0) + 1
    heads.set(session, seq)
    const id = EventId.parse(`evt_${String(appended).padStart(24, '0')}`)
    const event = {
      _id: id,
      session,
      seq,
      key: EventKey.parse(key),
      version: 1,
      at: new Date(now),
      ...draft,
    } as LogEvent
    await events.insertOne(event)
    return event
  }

  const process = (owner: string) =>
    createBridge({
      connection,
      connectors: remotes.map((remote) => remote.connector),
      read: (session, after, limit = 200) =>
        events
          .find({ session, seq: { $gt: after, $lte: after + limit } })
          .sort({ seq: 1 })
          .toArray(),
      conversation: {
        whoIs: aColleague,
        async post({ key, actor, text, origin }) {
          checkLength(text)
          if (await events.findOne({ key })) return
          posted.push(text)
          await append(message(text, actor, origin), key)
        },
        async postFile({ key, actor, origin, name, read }) {
          if (await events.findOne({ key })) return
          const text = `${name}: ${(await read(1_000)).byteLength} bytes`
          posted.push(text)
          await append(message(text, actor, origin), key)
        },
        async linkTicket({ key, id, url }) {
          if (!linking.works) throw new Error('the log is away')
          linking.tickets.push({ key, id, url })
        },
        reach: async () => reach.now,
        standing: async (_session, key) =>
          (await events.findOne({ key })) ? { internal: false, deleted: false } : null,
        async revise({ of, text }) {
          checkLength(text)
          posted.push(`${of} says ${text}`)
        },
        remove: async ({ of }) => void posted.push(`${of} is gone`),
      },
      openChats: async (after, limit) =>
        [...heads.keys()]
          .filter((session) => after === null || session > after)
          .sort()
          .slice(0, limit),
      doorbell: {
        ring: async (work) => void rung.push(...work),
        insist: async (work) => void rung.push(...work),
      },
      scheduler: { wakeAt: async (work, at) => void woken.push({ work, at }) },
      budgets: createBudgets({ redis, prefix: stores.redisPrefix, now: () => now, redisNow: () => now }),
      owner,
      marker: () => `m${(markers += 1)}`,
      now: () => now,
      retryDelay: (failures) => Math.min(60_000, 1_000 * 2 ** Math.min(failures - 1, 10)),
      times,
      logger: pino({ level: 'warn' }, { write: (line: string) => void logged.push(JSON.parse(line)) }),
    })

  const first = process('first')
  const message = (content: string, actor: Actor = visitor, origin = 'deskbridge'): EventDraft => ({
    type: 'message',
    actor,
    origin,
    body: { messageType: 'text', content, internal: false },
  })
  const say = async (content: string, actor?: Actor, origin?: string) => {
    first.announce(await append(message(content, actor, origin)))
    await first.settled()
  }

  /** Everything so far is erased; what happens here follows from the event alone when it is not `tended`. */
  const erase = async (options: { tended?: boolean } = {}) => {
    const upTo = heads.get(aSession) ?? 0
    const event = await append({
      type: 'erased',
      actor: { kind: 'system', rule: 'test' },
      origin: 'deskbridge',
      body: { upTo, reason: 'request' },
    })
    await redactEvents(events, aSession, upTo)
    const tend = () => first.erase({ session: aSession, seq: event.seq, upTo, at: new Date(now) })
    if (options.tended !== false) await tend()
    else first.announce(event)
    await first.settled()
    return tend
  }

  /** Runs what was rung, and what that rings, until nothing is left. */
  const runRung = async (bridge = first) => {
    for (let work = rung.shift(); work; work = rung.shift()) await bridge.run(work)
  }

  return {
    bridge: first,
    now: () => now,
    connection,
    another: process,
    links,
    events,
    posted,
    linking,
    reach,
    rung,
    woken,
    logged,
    say,
    erase,
    inbox: connection.collection<StoredArrival>('inbox'),
    /** Another chat begins, in an inbox, with a first message. */
    async begin(session: SessionId, inbox: string, content: string) {
      const body = { epoch: 'e0000000', inbox, visitor: { id: visitorId }, channel: 'web' } as const
      const started: EventDraft = { type: 'session_started', actor: visitor, origin: 'deskbridge', body }
      await append(started, undefined, session)
      first.announce(await append(message(content), undefined, session))
    },
    async sayIn(session: SessionId, content: string) {
      first.announce(await append(message(content), undefined, session))
      await first.settled()
    },
    /** As `say`, with the process dying right after the commit. */
    sayUnannounced: (content: string) => append(message(content)),
    runRung,
    /** What somebody wrote is pushed, and taken in. */
    async pushed(item: InboxItem) {
      await first.arrivals.accept('slack', [item])
      await runRung()
      return item
    },
    /** Time passes, with everything that falls due in it run on the way. */
    async pass(ms: number, bridge = first) {
      const until = now + ms
      for (;;) {
        await runRung(bridge)
        woken.sort((a, b) => a.at - b.at)
        const due = woken.at(0)
        if (!due || due.at > until) break
        woken.shift()
        now = Math.max(now, due.at)
        rung.push(due.work)
      }
      now = until
    },
    destinations: () => connection.collection('destinations').find().toArray(),
    link: (destination = 'slack') => links.findOne({ _id: `${aSession}:${destination}` }),
    async close() {
      redis.disconnect()
      await connection.close()
      await stores.drop()
    },
  }
}

/** The same, closed when the test is over. */
export async function aBridgeFor(...remotes: Parameters<typeof aBridge>[0]) {
  const chat = await aBridge(remotes)
  onTestFinished(chat.close)
  return chat
}
