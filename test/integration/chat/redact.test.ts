import { setTimeout as wait } from 'node:timers/promises'
import mongoose from 'mongoose'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { messageModel, messageProjection } from '../../../src/chat/messages/project-messages.ts'
import { summaryFold } from '../../../src/chat/sessions/fold-summary.ts'
import type { EventDraft, LogEvent } from '../../../src/contract/event.ts'
import type { SessionId, VisitorId } from '../../../src/contract/ids.ts'
import { logModels } from '../../../src/log/create-log.ts'
import { createProjector } from '../../../src/log/project.ts'
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

const projections = [messageProjection]
const aLog = () => openLogOf(connection, { fold: summaryFold, projections })
const aProjector = () => createProjector({ connection, fold: summaryFold, projections })

const origin = 'deskbridge'
const system = { kind: 'system', rule: 'test' } as const

function drafts(id: VisitorId, edits: readonly { message: LogEvent['_id']; messageSeq: number }[]): EventDraft[] {
  const actor = { kind: 'visitor', id, name: 'SECRET Ana' } as const
  const visitor = { id, name: 'SECRET Ana', email: 'secret@example.com' }
  const started = { epoch: ids.epoch(), inbox: 'default', visitor, channel: 'web' } as const
  const say = (content: string) => ({ messageType: 'text' as const, content, internal: false })
  return [
    { type: 'session_started', actor, origin, body: started },
    { type: 'message', actor, origin, body: say('SECRET one') },
    { type: 'message', actor, origin, body: say('SECRET two') },
    ...edits.map((edit): EventDraft => {
      const body = { ...edit, internal: false, content: 'SECRET edit' }
      return { type: 'message_edited', actor, origin, body }
    }),
  ]
}

/** A chat that says SECRET everywhere, its events as a process had them before the erasure, and the erasure appended. */
async function anErasure() {
  const log = aLog()
  const session = ids.session()
  const visitor = ids.visitor()
  const old: LogEvent[] = []
  const append = async (draft: EventDraft, key: string) => {
    const { event } = await log.append({ session, key: aKey(key), decide: () => ({ append: draft }) })
    old.push(event)
    return event
  }
  for (const [index, draft] of drafts(visitor, []).entries()) await append(draft, `test:${index}`)
  const edits = old.slice(1).map(({ _id, seq }) => ({ message: _id, messageSeq: seq }))
  for (const [index, draft] of drafts(visitor, edits).slice(3).entries()) await append(draft, `edit:${index}`)
  const erase = () =>
    append({ type: 'erased', actor: system, origin, body: { upTo: 5, reason: 'request' } }, 'auto:erase')
  return { log, session, visitor, old, erase }
}

const kept = async (session: SessionId) => ({
  events: await connection.collection<LogEvent>('events').find({ session }).sort({ seq: 1 }).toArray(),
  messages: await connection.collection('messages').find({ session }).sort({ seq: 1 }).toArray(),
  summary: await connection.collection<{ _id: string }>('sessions').findOne({ _id: session }),
})

it('leaves nothing of what was said in the log and in what is made of it, and would make the same again of the log', async () => {
  const { log, session, erase } = await anErasure()
  await log.projected()
  await erase()
  const count = await log.redact(session, 5)
  const again = await log.redact(session, 5)
  const left = await kept(session)
  const differing = await Array.fromAsync(
    repairLog({ connection, fold: summaryFold, projections }, { write: false, only: session, now: () => Date.now() }),
  )
  expect([count, again, left.events.map(({ seq }) => seq), /secret/i.test(JSON.stringify(left)), differing]).toEqual([
    ...[5, 0],
    [1, 2, 3, 4, 5, 6],
    false,
    [],
  ])
})

it('gives nothing back through processes that still hold the events as they were, whenever they project them', async () => {
  const rounds = Array.from({ length: 12 }, async () => {
    const { log, session, old, erase } = await anErasure()
    const before = old.slice()
    const stale = Array.from({ length: 4 }, async (_, index) => {
      await wait(Math.random() * 30)
      await aProjector().project(new Map([[session, before.slice(0, 2 + index)]]))
    })
    await erase()
    await Promise.all([...stale, log.redact(session, 5)])
    await aProjector().project(new Map([[session, before]]))
    await log.projected()
    return /secret/i.test(JSON.stringify(await kept(session)))
  })
  expect(await Promise.all(rounds)).toEqual(rounds.map(() => false))
})

it('answers a retry of an erased message with the message that is there, and refuses another’s', async () => {
  const { log, session, visitor, old, erase } = await anErasure()
  await erase()
  await log.redact(session, 5)
  const retry = (actor: EventDraft['actor']) =>
    log.append({
      session,
      key: aKey('test:1'),
      decide: () => ({
        append: {
          type: 'message',
          actor,
          origin,
          body: { messageType: 'text', content: 'SECRET one', internal: false },
        },
      }),
    })
  const { event, repeated } = await retry({ kind: 'visitor', id: visitor })
  await log.projected()
  await expect(retry({ kind: 'agent', id: ids.agent(), name: 'Bo' })).rejects.toMatchObject({ code: 'key_conflict' })
  expect([event._id, event.erased, repeated, await log.read(session, 6)]).toEqual([old[1]?._id, true, true, []])
})
