import type { Connection } from 'mongoose'
import { afterEach, expect, it } from 'vitest'
import type { SessionId } from '../../../src/contract/ids.ts'
import { createProjector } from '../../../src/log/project.ts'
import { projectRecent } from '../../../src/log/project-recent.ts'
import type { RepairOptions } from '../../../src/log/repair/difference.ts'
import { repairLog } from '../../../src/log/repair/repair-log.ts'
import { aLog, countFold, ids, lines, openLog, post } from '../../support/log.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const snapshot = async (connection: Awaited<ReturnType<typeof aLog>>['connection']) => ({
  sessions: await connection
    .collection('sessions')
    .find({}, { projection: { mended: 0 } })
    .sort({ _id: 1 })
    .toArray(),
  lines: await connection.collection('lines').find().sort({ _id: 1 }).toArray(),
})

const later = () => Date.now() + 60_000
const anyone = { write: true, now: later }

async function repaired(connection: Connection, options: Partial<RepairOptions> = {}) {
  const deps = { connection, fold: countFold, projections: [lines] }
  const found = await Array.fromAsync(repairLog(deps, { ...anyone, ...options }))
  return found.map(({ what, change, where }) => `${what} ${change}: ${where}`)
}

/** Chats that two processes wrote, each long enough for several pages, with all that is made of them. */
async function someChats(count: number, length: number) {
  const { connection, log, close } = await aLog()
  closing.push(close)
  const other = openLog(connection)
  const sessions = Array.from({ length: count }, () => ids.session()) as [SessionId, SessionId, ...SessionId[]]
  await Promise.all(
    sessions.flatMap((session) =>
      Array.from({ length }, (_, index) => post(index % 2 ? log : other, session, `t${index}`)),
    ),
  )
  await log.projected()
  await other.projected()
  return { connection, log, sessions, before: await snapshot(connection) }
}

it('makes what is missing, wrong or too much again exactly as it was, says what, and then has nothing to change', async () => {
  const { connection, sessions, before } = await someChats(12, 15)
  const [gone, altered, behind, ahead, fine] = sessions
  const summaries = connection.collection<{ _id: string }>('sessions')
  const stored = connection.collection<{ _id: string; text?: string }>('lines')
  await summaries.deleteOne({ _id: gone as string })
  await summaries.updateOne({ _id: altered as string }, { $set: { 'state.events': 99 } })
  const first = before.lines.find(({ session, seq }) => session === behind && seq === 1)
  const short = { projectedSeq: 1, state: { events: 1, texts: [first?.text] } }
  await summaries.updateOne({ _id: behind as string }, { $set: short })
  await summaries.updateOne({ _id: ahead as string }, { $set: { projectedSeq: 99 } })
  await summaries.insertOne({ _id: 'ses_without_a_log' })
  await stored.deleteOne({ session: fine, seq: 4 } as never)
  await stored.updateOne({ session: fine, seq: 5 } as never, { $set: { text: 'other' } })
  await stored.updateOne({ session: fine, seq: 6 } as never, { $set: { session: 'ses_elsewhere' } })
  await stored.insertOne({ _id: 'evt_nowhere', session: fine, seq: 77 } as never)

  const told = await repaired(connection, { write: false })
  const found = await repaired(connection)
  expect([new Set(told), await snapshot(connection), await repaired(connection)]).toEqual([new Set(found), before, []])
  expect(new Set(found)).toEqual(
    new Set([
      'summaries removed: ses_without_a_log',
      `summaries made: ${gone}`,
      `summaries made again: ${altered}`,
      `summaries brought up to date: ${behind}`,
      `summaries made again: ${ahead}`,
      `lines removed: ${fine} seq 77`,
      `lines made: ${fine} seq 4`,
      `lines made again: ${fine} seq 5`,
      `lines made again: ${fine} seq 6`,
    ]),
  )
})

it('repairs a long chat page by page, and one chat alone', async () => {
  const { connection, sessions, before } = await someChats(2, 450)
  const [one, other] = sessions
  const stored = connection.collection('lines')
  await stored.deleteMany({ seq: { $in: [1, 200, 201, 450] } })
  const first = await repaired(connection, { only: one as SessionId })
  const left = await stored.countDocuments({ session: other as never })
  const rest = await repaired(connection)
  const missing = (session = '') => [1, 200, 201, 450].map((seq) => `lines made: ${session} seq ${seq}`)
  expect([first, left, rest, await snapshot(connection)]).toEqual([missing(one), 446, missing(other), before])
})

it('finds nothing to change while messages are being appended, and makes what is damaged meanwhile again', async () => {
  const { connection, log, sessions } = await someChats(4, 30)
  const stored = connection.collection('lines')
  let writing = true
  let written = 0
  const writers = sessions.map(async (session) => {
    for (let index = 0; writing; index += 1) await post(log, session, `more${index}`).then(() => (written += 1))
  })
  const quiet = { now: () => Date.now() }
  const healthy: string[] = []
  for (let round = 0; round < 5 || written <= 20; round += 1) healthy.push(...(await repaired(connection, quiet)))
  await stored.deleteMany({ seq: 7 })
  await connection.collection('sessions').updateMany({}, { $inc: { 'state.events': 1_000 } })
  const damaged = await repaired(connection, quiet)
  writing = false
  await Promise.all(writers)
  await log.projected()
  const again = await repaired(connection)
  // A writer that has the right state at hand may have mended its summary before the repair came to it.
  const lines = damaged.filter((line) => line.startsWith('lines'))
  expect([healthy, new Set(lines), again, written > 20]).toEqual([
    [],
    new Set(sessions.map((session) => `lines made: ${session} seq 7`)),
    [],
    true,
  ])
})

it('makes a state of another version again from the log, before it is decided on and by itself', async () => {
  const { connection, log, close } = await aLog()
  closing.push(close)
  const [appended, idle] = [ids.session(), ids.session()]
  for (const session of [appended, idle]) await post(log, session, 'one')
  await log.projected()
  await connection.collection('sessions').updateMany({}, { $set: { version: 0, state: { old: true } } })
  const restarted = openLog(connection)
  await post(restarted, appended, 'two')
  const decidedOn = await restarted.state(appended)
  await restarted.projected()
  await restarted.remakeStale(new AbortController().signal)
  const stored = await connection
    .collection('sessions')
    .find({ _id: { $in: [appended, idle] as never[] } })
    .toArray()
  expect([decidedOn, new Map(stored.map(({ _id, version, state }) => [`${_id}`, { version, state }]))]).toEqual([
    { events: 2, texts: ['one', 'two'] },
    new Map([
      [appended, { version: 1, state: { events: 2, texts: ['one', 'two'] } }],
      [idle, { version: 1, state: { events: 1, texts: ['one'] } }],
    ]),
  ])
})

it('makes what is stored catch up with what a process committed and did not get to project', async () => {
  const { connection, log, close } = await aLog()
  closing.push(close)
  const [unseen, behind, done] = [ids.session(), ids.session(), ids.session()]
  for (const session of [unseen, behind, done]) for (const text of ['one', 'two']) await post(log, session, text, text)
  await log.projected()
  const before = await snapshot(connection)
  const sessions = connection.collection<{ _id: string }>('sessions')
  await sessions.deleteOne({ _id: unseen })
  await sessions.updateOne({ _id: behind }, { $set: { projectedSeq: 1, state: { events: 1, texts: ['one'] } } })
  await connection.collection('lines').deleteMany({ session: { $ne: done }, text: 'two' })
  const projector = createProjector({ connection, fold: countFold, projections: [lines] })
  const run = () => projectRecent({ connection, projector, now: later }, new Date(0))
  expect([await run(), await snapshot(connection), await run()]).toEqual([2, before, 0])
})

it('reaches processes that hold in memory what a wrong summary said, an append that is under way among them', async () => {
  const { connection, sessions } = await someChats(1, 6)
  const [session] = sessions
  await connection.collection('sessions').updateMany({}, { $set: { 'state.texts': ['wrong'] } })
  const running = openLog(connection)
  await running.heedRepairs()
  await post(running, session, 'next')
  const before = await running.state(session)
  await running.projected()
  await repaired(connection)
  const appending = post(running, session, 'last')
  await running.heedRepairs()
  await appending
  const after = await running.state(session)
  await running.projected()
  expect([before?.texts, after?.texts, await repaired(connection)]).toEqual([
    ['wrong', 'next'],
    [expect.stringMatching(/^t/), expect.stringMatching(/^t/), expect.stringMatching(/^t/), 'next', 'last'],
    [],
  ])
})

/** The same connection, on which bulk writes to a collection wait to be let go on; `reached`: one does. */
function heldAt(connection: Connection, held: string) {
  const reached = Promise.withResolvers<void>()
  const goOn = Promise.withResolvers<void>()
  const collection = (name: string) => {
    const real = connection.collection(name)
    if (name !== held) return real
    const bulkWrite = async (...args: Parameters<typeof real.bulkWrite>) => {
      reached.resolve()
      await goOn.promise
      return real.bulkWrite(...args)
    }
    return Object.create(real, { bulkWrite: { value: bulkWrite } })
  }
  return {
    connection: Object.create(connection, { collection: { value: collection } }) as Connection,
    reached: reached.promise,
    goOn: goOn.resolve,
  }
}

it('is not undone by a process that had read the wrong summary before and moves on with it after', async () => {
  const { connection, sessions, before } = await someChats(1, 6)
  const [session] = sessions
  const wrong = { projectedSeq: 4, 'state.events': 99 }
  await connection.collection<{ _id: string }>('sessions').updateOne({ _id: session }, { $set: wrong })
  const held = heldAt(connection, 'lines')
  const late = createProjector({ connection: held.connection, fold: countFold, projections: [lines] })

  const moving = late.project(new Map([[session, []]]))
  await held.reached
  await repaired(connection, { now: Date.now })
  held.goOn()

  expect([await moving, await repaired(connection), await snapshot(connection)]).toEqual([
    false,
    [`summaries brought up to date: ${session}`],
    before,
  ])
})
