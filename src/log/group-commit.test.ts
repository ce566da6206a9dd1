import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { LogEvent } from '../contract/event.ts'
import { EventId, EventKey, SessionId } from '../contract/ids.ts'
import { createGroupCommit, takeBatch } from './group-commit.ts'
import type { InsertOutcome } from './insert-outcomes.ts'

const event = (session: number, seq: number): LogEvent => ({
  _id: EventId.parse(`evt_${`${session}x${seq}`.padStart(24, '0')}`),
  session: SessionId.parse(`ses_${String(session).padStart(24, '0')}`),
  seq,
  key: EventKey.parse(`k${session}-${seq}`),
  version: 1,
  at: new Date(0),
  actor: { kind: 'system', rule: 'test' },
  origin: 'test',
  type: 'agent_joined',
  body: {},
})

type Weather = 'fine' | 'reply lost' | 'request lost' | 'one not known'

/** A store that keeps documents by id and position, under the given weather, one for each insert. */
function aStore(weather: readonly Weather[]) {
  const ids = new Set<string>()
  const batches: LogEvent[][] = []
  let inserts = 0
  const put = (one: LogEvent): InsertOutcome => {
    if (ids.has(one._id)) return { kind: 'duplicate', of: 'event' }
    ids.add(one._id)
    return { kind: 'committed' }
  }
  return {
    ids,
    batches,
    async insert(events: readonly LogEvent[]): Promise<InsertOutcome[]> {
      const now = weather[inserts++] ?? 'fine'
      batches.push([...events])
      if (now === 'request lost') throw new Error('connection reset')
      const outcomes = events.map(put)
      if (now === 'reply lost') throw new Error('connection reset')
      return now === 'one not known' ? [{ kind: 'unknown', cause: 'no majority' }, ...outcomes.slice(1)] : outcomes
    },
  }
}

const commitsOn = (store: ReturnType<typeof aStore>) =>
  createGroupCommit({
    insert: store.insert,
    encodedSize: () => 100,
    now: () => 0,
    pause: async () => {},
    deadlineMs: 1_000,
    timedOut: () => new Error('timed out'),
  })

it('tells each append its own outcome, and stores each event once, in any weather', async () => {
  const weather = fc.array(fc.constantFrom<Weather>('fine', 'reply lost', 'request lost', 'one not known'), {
    maxLength: 12,
  })
  await fc.assert(
    fc.asyncProperty(weather, fc.integer({ min: 1, max: 150 }), async (how, count) => {
      const store = aStore(how)
      const commits = commitsOn(store)
      const outcomes = await Promise.all(Array.from({ length: count }, (_, index) => commits.commit(event(index, 1))))
      const certain = outcomes.every((outcome) => outcome.kind === 'committed' || outcome.kind === 'duplicate')
      expect({ certain, stored: store.ids.size }).toEqual({ certain: true, stored: count })
    }),
  )
})

it('never has two events of a session in a batch, nor more than 64', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 200 }), async (sessions) => {
      const store = aStore([])
      const commits = commitsOn(store)
      await Promise.all(sessions.map((session, index) => commits.commit(event(session, index + 1))))
      const faulty = store.batches.filter(
        (batch) => batch.length > 64 || new Set(batch.map((one) => one.session)).size < batch.length,
      )
      expect(faulty).toEqual([])
    }),
  )
})

it('keeps a session in the order of its appends', () => {
  const waiting = [event(1, 1), event(1, 2), event(2, 1)].map((one) => ({ event: one, bytes: 1 }))
  const { batch, rest } = takeBatch(waiting)
  expect([batch, rest].map((list) => list.map((one) => one.event.key))).toEqual([['k1-1', 'k2-1'], ['k1-2']])
})

it('gives up a document whose outcome stays unknown at its deadline, and says so', async () => {
  let now = 0
  const commits = createGroupCommit({
    insert: async () => {
      throw new Error('connection reset')
    },
    encodedSize: () => 100,
    now: () => now,
    pause: async () => {
      now += 300
    },
    deadlineMs: 1_000,
    timedOut: () => new Error('timed out'),
  })
  await expect(commits.commit(event(1, 1))).rejects.toThrow('timed out')
})
