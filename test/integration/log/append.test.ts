import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterEach, expect, it } from 'vitest'
import { DeskbridgeError } from '../../../src/contract/errors.ts'
import type { LogEvent } from '../../../src/contract/event.ts'
import { insertUnordered } from '../../../src/log/create-log.ts'
import { aKey, aLog, ids, openLog, post, say } from '../../support/log.ts'

const run = promisify(execFile)
const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})

const arrange = async () => {
  const log = await aLog()
  closing.push(log.close)
  return log
}

const writer = new URL('../../support/append-in-process.ts', import.meta.url).pathname

async function appendFromTwoProcesses(url: string, writers: number, each: number, sessions: readonly string[]) {
  const processes = ['a', 'b'].map((name) =>
    run(process.execPath, [writer, url, name, String(writers), String(each), ...sessions], { maxBuffer: 64e6 }),
  )
  const outputs = await Promise.all(processes)
  return outputs.flatMap(({ stdout }): string[] => JSON.parse(stdout))
}

/** What is wrong with the logs: holes, and acknowledged texts that are not there exactly once. */
async function faultsOf(events: { find(): { toArray(): Promise<LogEvent[]> } }, acknowledged: readonly string[]) {
  const stored = await events.find().toArray()
  const bySession = Map.groupBy(stored, (event) => event.session)
  const holes = [...bySession].filter(([, list]) => {
    const seqs = list.map((event) => event.seq).sort((a, b) => a - b)
    return seqs.some((seq, index) => seq !== index + 1)
  })
  const texts = stored.map((event) => `${event.session} ${event.type === 'message' ? event.body.content : ''}`)
  const there = Map.groupBy(texts, (text) => text)
  const wrong = acknowledged.filter((text) => there.get(text)?.length !== 1)
  return { holes: holes.length, wrong, stored: stored.length }
}

it('gives 16 writers of two processes on one session a contiguous log with each event once', async () => {
  const { stores, events, session } = await arrange()
  const acknowledged = await appendFromTwoProcesses(stores.mongodbUrl, 8, 15, [session])
  expect(await faultsOf(events, acknowledged)).toEqual({ holes: 0, wrong: [], stored: 240 })
})

it('keeps 200 sessions apart that two processes write at once', async () => {
  const { stores, events } = await arrange()
  const sessions = Array.from({ length: 200 }, () => ids.session())
  const acknowledged = await appendFromTwoProcesses(stores.mongodbUrl, 1, 4, sessions)
  expect(await faultsOf(events, acknowledged)).toEqual({ holes: 0, wrong: [], stored: 1_600 })
})

it('refuses nothing on a state that another process has changed since', async () => {
  const { connection, log, session } = await arrange()
  const other = openLog(connection)
  await post(log, session, 'one')
  await post(other, session, 'two')
  const needsTwo = (state: { events: number } | undefined) =>
    (state?.events ?? 0) >= 2 ? { append: say('three') } : { refuse: new DeskbridgeError('forbidden') }
  const { event } = await log.append({ session, key: aKey('three'), decide: needsTwo })
  const needsNine = () => ({ refuse: new DeskbridgeError('forbidden') })
  const refused = await log.append({ session, key: aKey('nine'), decide: needsNine }).catch(({ code }) => code)
  await other.projected()
  expect([event.seq, refused]).toEqual([3, 'forbidden'])
})

it('answers a repeated key with the event that is there', async () => {
  const { log, session } = await arrange()
  const first = await post(log, session, 'hello', 'k1')
  await post(log, session, 'more', 'k2')
  expect(await post(log, session, 'hello', 'k1')).toEqual({ event: first.event, repeated: true })
})

it('refuses a key that was used for other content', async () => {
  const { log, session, events } = await arrange()
  await post(log, session, 'hello', 'k1')
  const error = await post(log, session, 'goodbye', 'k1').catch((reason: unknown) => reason)
  expect([error, await events.countDocuments()]).toEqual([expect.objectContaining({ code: 'key_conflict' }), 1])
})

it('acknowledges a repeated message even if a new one would be refused by now', async () => {
  const { log, session } = await arrange()
  const first = await post(log, session, 'hello', 'k1')
  const refuse = () => ({ refuse: new DeskbridgeError('session_closed') })
  expect(await log.append({ session, key: aKey('k1'), decide: refuse })).toEqual({ event: first.event, repeated: true })
  await expect(log.append({ session, key: aKey('k2'), decide: refuse })).rejects.toMatchObject({
    code: 'session_closed',
  })
})

it('asks again on the new tail when another process was faster', async () => {
  const { log, connection, session } = await arrange()
  const other = openLog(connection)
  closing.unshift(other.projected)
  await post(log, session, 'one')
  await post(other, session, 'two')
  const asked: (number | undefined)[] = []
  await log.append({
    session,
    key: aKey('k3'),
    decide: (state) => {
      asked.push(state?.events)
      return { append: say('three') }
    },
  })
  expect([asked, (await log.read(session, 0)).map((event) => event.seq)]).toEqual([
    [1, 2],
    [1, 2, 3],
  ])
})

it('lets an event that cannot be stored fail alone', async () => {
  const { log, session } = await arrange()
  const others = Array.from({ length: 5 }, () => ids.session())
  const circular: Record<string, unknown> = {}
  circular.self = circular
  const bad = log.append({
    session,
    key: aKey('bad'),
    decide: () => ({ append: { ...say('x'), body: circular as never } }),
  })
  const results = await Promise.allSettled([...others.map((other) => post(log, other, 'good')), bad])
  expect(results.map((result) => result.status)).toEqual([...others.map(() => 'fulfilled'), 'rejected'])
})

it('maps each failure of a batch to its own document', async () => {
  const { connection, events } = await arrange()
  const [one, two, three, four] = [ids.session(), ids.session(), ids.session(), ids.session()]
  const event = (session: LogEvent['session'], seq: number, key: string): LogEvent => ({
    _id: ids.event(),
    session,
    seq,
    key: aKey(key),
    version: 1,
    at: new Date(),
    ...say('x'),
  })
  const there = event(two, 1, 'k')
  await events.insertMany([there, event(three, 1, 'taken')])
  const outcomes = await insertUnordered(connection, [
    event(one, 1, 'k'),
    there,
    event(three, 2, 'taken'),
    event(three, 1, 'free'),
    event(four, 1, 'k'),
  ])
  expect(outcomes.map((outcome) => (outcome.kind === 'duplicate' ? outcome.of : outcome.kind))).toEqual([
    'committed',
    expect.stringMatching(/event|position/),
    'event',
    'position',
    'committed',
  ])
})

it('tells listeners of each commit once, in order', async () => {
  const { log, session } = await arrange()
  const heard: number[] = []
  log.onCommitted((event) => heard.push(event.seq))
  await Promise.all(Array.from({ length: 20 }, (_, index) => post(log, session, `t${index}`)))
  await post(log, session, 't3')
  expect(heard).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
})

it('reads ranges of any length without a gap', async () => {
  const { log, session } = await arrange()
  for (let index = 0; index < 30; index += 1) await post(log, session, `t${index}`)
  const pages = [await log.read(session, 0, 7), await log.read(session, 7, 100), await log.read(session, 30)]
  expect(pages.map((page) => [page.at(0)?.seq, page.at(-1)?.seq, page.length])).toEqual([
    [1, 7, 7],
    [8, 30, 23],
    [undefined, undefined, 0],
  ])
})
