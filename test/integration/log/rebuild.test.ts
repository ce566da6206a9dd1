import { afterEach, expect, it } from 'vitest'
import { createProjector } from '../../../src/log/project.ts'
import { projectRecent } from '../../../src/log/project-recent.ts'
import { rebuild } from '../../../src/log/rebuild.ts'
import { aLog, countFold, ids, lines, openLog, post } from '../../support/log.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const snapshot = async (connection: Awaited<ReturnType<typeof aLog>>['connection']) => ({
  sessions: await connection.collection('sessions').find().sort({ _id: 1 }).toArray(),
  lines: await connection.collection('lines').find().sort({ _id: 1 }).toArray(),
})

it('makes every projection again exactly as it was', async () => {
  const { connection, log, close } = await aLog()
  closing.push(close)
  const other = openLog(connection)
  const sessions = Array.from({ length: 12 }, () => ids.session())
  await Promise.all(
    sessions.flatMap((session) =>
      Array.from({ length: 15 }, (_, index) => post(index % 2 ? log : other, session, `t${index}`)),
    ),
  )
  await log.projected()
  await other.projected()
  const before = await snapshot(connection)
  await connection.collection('lines').deleteMany({ seq: { $gt: 4 } })
  await connection.collection('sessions').updateMany({}, { $set: { 'state.events': 99 } })

  const count = await rebuild(connection, createProjector({ connection, fold: countFold, projections: [lines] }), [
    lines,
  ])

  expect([count, before.lines.length, await snapshot(connection)]).toEqual([12, 180, before])
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
  const later = () => Date.now() + 10_000
  const run = () => projectRecent({ connection, projector, now: later }, new Date(0))
  expect([await run(), await snapshot(connection), await run()]).toEqual([2, before, 0])
})
