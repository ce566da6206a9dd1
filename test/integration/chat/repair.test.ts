import fc from 'fast-check'
import mongoose from 'mongoose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { messageModel, messageProjection } from '../../../src/chat/messages/project-messages.ts'
import { summaryFold } from '../../../src/chat/sessions/fold-summary.ts'
import type { EventDraft, LogEvent } from '../../../src/contract/event.ts'
import type { SessionId } from '../../../src/contract/ids.ts'
import { logModels } from '../../../src/log/create-log.ts'
import { repairLog } from '../../../src/log/repair/repair-log.ts'
import { createIndexes } from '../../../src/platform/mongo.ts'
import { aKey, closeLogs, ids, openLogOf } from '../../support/log.ts'
import { type FreshStores, freshStores } from '../../support/stores.ts'

let stores: FreshStores
let connection: mongoose.Connection
beforeAll(async () => {
  stores = await freshStores()
  connection = await mongoose.createConnection(stores.mongodbUrl).asPromise()
  await createIndexes(connection, [...logModels, messageModel])
})
afterAll(async () => {
  await closeLogs(connection)
  await stores.drop()
})

const deps = { fold: summaryFold, projections: [messageProjection] }
const aLog = () => openLogOf(connection, deps)

const visitor = { kind: 'visitor', id: ids.visitor(), name: 'Ana' } as const
const started: EventDraft = {
  type: 'session_started',
  actor: visitor,
  origin: 'deskbridge',
  body: { epoch: ids.epoch(), inbox: 'default', visitor: { id: visitor.id, email: 'ana@example.com' }, channel: 'web' },
}
const file = { id: ids.file(), name: 'big red box.png', type: 'image/png', size: 1 }

/** What is done next; `target`: to which of the messages there are. */
type Doing =
  | { do: 'say'; content: string; withFile: boolean }
  | { do: 'edit'; target: number; content: string }
  | { do: 'delete'; target: number }
  | { do: 'erase' }

const content = fc.constantFrom('hello big world', 'red', '', 'Ünïcode wörds', 'one two three two one')
const doing: fc.Arbitrary<Doing> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('say' as const), content, withFile: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('edit' as const), target: fc.nat(), content }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('delete' as const), target: fc.nat() }) },
  { weight: 1, arbitrary: fc.constant<Doing>({ do: 'erase' }) },
)

function draftOf(next: Doing, log: readonly LogEvent[]): EventDraft | null {
  const shared = { actor: visitor, origin: 'deskbridge' }
  if (next.do === 'say') {
    const body = {
      messageType: 'text' as const,
      content: next.content,
      internal: false,
      ...(next.withFile && { file }),
    }
    return { ...shared, type: 'message', body }
  }
  if (next.do === 'erase')
    return { ...shared, type: 'erased', body: { upTo: Math.max(1, log.length - 1), reason: 'request' } }
  const messages = log.filter(({ type }) => type === 'message')
  const target = messages[next.target % messages.length]
  if (!target) return null
  const about = { message: target._id, messageSeq: target.seq, internal: false }
  if (next.do === 'delete') return { ...shared, type: 'message_deleted', body: about }
  return { ...shared, type: 'message_edited', body: { ...about, content: next.content } }
}

/** A chat in which all of it was done, projected by the service itself now and then. */
async function aChatOf(doings: readonly Doing[], pauses: ReadonlySet<number>): Promise<SessionId> {
  const log = aLog()
  const session = ids.session()
  const events: LogEvent[] = []
  const append = async (draft: EventDraft) => {
    const key = aKey(`test:${events.length}`)
    const { event } = await log.append({ session, key, decide: () => ({ append: draft }) })
    events.push(event)
  }
  await append(started)
  for (const [index, next] of doings.entries()) {
    const draft = draftOf(next, events)
    if (draft) await append(draft)
    if (draft?.type === 'erased') await log.redact(session, draft.body.upTo)
    if (pauses.has(index)) await log.projected()
  }
  await log.projected()
  return session
}

const differencesIn = (only: SessionId, write: boolean) =>
  Array.fromAsync(repairLog({ connection, ...deps }, { only, write, now: () => Date.now() + 60_000 }))

const stored = async (session: SessionId) => ({
  messages: await connection.collection('messages').find({ session }).sort({ seq: 1 }).toArray(),
  summary: await connection.collection<{ _id: string }>('sessions').findOne({ _id: session }),
})

it('finds whatever the service has projected right, and makes all of it the same when it is gone', async () => {
  const pauses = fc.uniqueArray(fc.nat(11), { maxLength: 3 }).map((list) => new Set(list))
  await fc.assert(
    fc.asyncProperty(fc.array(doing, { maxLength: 12 }), pauses, async (doings, at) => {
      const session = await aChatOf(doings, at)
      expect(await differencesIn(session, true)).toEqual([])
      const before = await stored(session)
      await connection.collection('messages').deleteMany({ session })
      await differencesIn(session, true)
      const terms = (text: unknown) => (Array.isArray(text) ? text.toSorted() : text)
      const comparable = ({ messages, summary }: typeof before) => ({
        messages: messages.map((message) => ({ ...message, terms: terms(message.terms) })),
        summary,
      })
      expect(comparable(await stored(session))).toEqual(comparable(before))
    }),
    { numRuns: 25 },
  )
})

interface Interruption {
  in: 'messages' | 'sessions'
  write: 'insertMany' | 'replaceOne' | 'updateOne'
  before?: () => Promise<unknown>
  after?: () => Promise<unknown>
}

/** A connection on which something happens right before or after the first write of a kind. */
function interrupted({ in: collection, write, before, after }: Interruption): mongoose.Connection {
  let isFirst = true
  const around = (target: object, name: string, wrap: (value: unknown) => unknown) =>
    new Proxy(target, {
      get(_, property) {
        const value: unknown = Reflect.get(target, property)
        const bound: unknown = typeof value === 'function' ? value.bind(target) : value
        return property === name ? wrap(bound) : bound
      },
    })
  const interruptedWrite =
    (run: unknown) =>
    async (...args: unknown[]) => {
      const isIt = isFirst
      isFirst = false
      if (isIt) await before?.()
      const answer = await (run as (...given: unknown[]) => unknown)(...args)
      if (isIt) await after?.()
      return answer
    }
  const opened = (get: unknown) => (name: string) => {
    const found = (get as (name: string) => object)(name)
    return name === collection ? around(found, write, interruptedWrite) : found
  }
  return around(connection, 'collection', opened) as mongoose.Connection
}

const said: Doing = { do: 'say', content: 'SECRET', withFile: false }
const repairOn = (on: mongoose.Connection, only: SessionId) =>
  Array.fromAsync(repairLog({ connection: on, ...deps }, { only, write: true, now: () => Date.now() }))

it('brings nothing back that is erased at the last moment', async () => {
  const session = await aChatOf([said], new Set())
  await connection.collection('messages').deleteMany({ session })
  const log = aLog()
  const erased: EventDraft = { ...started, type: 'erased', body: { upTo: 2, reason: 'request' } }
  const erase = async () => {
    await log.append({ session, key: aKey('auto:erase'), decide: () => ({ append: erased }) })
    await log.redact(session, 2)
  }
  await repairOn(interrupted({ in: 'messages', write: 'insertMany', before: erase }), session)
  await log.projected()
  const { messages } = await stored(session)
  expect([messages.length, JSON.stringify(messages).includes('SECRET'), await differencesIn(session, false)]).toEqual([
    1,
    false,
    [],
  ])
})

it('leaves a document alone that has changed since it was compared', async () => {
  const session = await aChatOf([said], new Set())
  const messages = connection.collection('messages')
  await messages.updateOne({ session }, { $set: { terms: ['wrong'] } })
  const log = aLog()
  const edit = async () => {
    const [message] = await log.read(session, 1)
    if (!message) throw new Error('nothing was said')
    const body = { message: message._id, messageSeq: 2, internal: false, content: 'edited' }
    const draft: EventDraft = { type: 'message_edited', actor: visitor, origin: 'deskbridge', body }
    await log.append({ session, key: aKey('test:edit'), decide: () => ({ append: draft }) })
    await log.projected()
  }
  await repairOn(interrupted({ in: 'messages', write: 'replaceOne', before: edit }), session)
  const [message] = (await stored(session)).messages
  expect([message?.now.content, message?.terms, await differencesIn(session, false)]).toEqual([
    'edited',
    ['edited'],
    [],
  ])
})

it('makes a state again once more that a projector has moved on with', async () => {
  const session = await aChatOf([said], new Set())
  const sessions = connection.collection<{ _id: string; state: object }>('sessions')
  await sessions.updateOne({ _id: session }, { $set: { 'state.tags': ['wrong'] } })
  const wrong = await sessions.findOne({ _id: session })
  const log = aLog()
  // One that had read the wrong state before the repair, and writes what follows from it afterwards.
  const carryOn = async () => {
    const draft: EventDraft = { type: 'agent_left', actor: visitor, origin: 'deskbridge', body: {} }
    await log.append({ session, key: aKey('test:left'), decide: () => ({ append: draft }) })
    await sessions.updateOne({ _id: session }, { $set: { projectedSeq: 3, state: { ...wrong?.state, seq: 3 } } })
  }
  await repairOn(interrupted({ in: 'sessions', write: 'updateOne', after: carryOn }), session)
  await log.projected()
  expect(await differencesIn(session, false)).toEqual([])
})
