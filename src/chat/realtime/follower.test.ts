import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { LogEvent } from '../../contract/event.ts'
import { createFollower } from './follower.ts'

/** All that a follower looks at is the position. */
const at = (seq: number) => ({ seq }) as LogEvent
const range = (after: number, until: number) => Array.from({ length: until - after }, (_, index) => after + index + 1)
const isHidden = (seq: number) => seq % 3 === 0

it('hands on every event once and in order, whatever rings, however reads go', async () => {
  const rings = fc.array(fc.record({ head: fc.nat(40), withEvent: fc.boolean() }), { maxLength: 30 })
  const fates = fc.array(fc.constantFrom('all', 'some', 'none', 'fails'), { maxLength: 30 })
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      rings,
      fates,
      fc.nat(10),
      fc.integer({ min: 2, max: 9 }),
      async (scheduler, rung, fate, after, every) => {
        const sent: [number, number][] = []
        const taken: number[] = []
        let reading = 0
        let most = 0
        const read = async (from: number, limit: number): Promise<LogEvent[]> => {
          most = Math.max(most, (reading += 1))
          const how = fate.shift() ?? 'all'
          await scheduler.schedule(Promise.resolve())
          reading -= 1
          if (how === 'fails') throw new Error('the store is away')
          const page = range(from, Math.min(40, from + Math.min(7, limit))).map(at)
          return how === 'none' ? [] : how === 'some' ? page.slice(0, 2) : page
        }
        const send = (event: LogEvent, prev: number) => {
          taken.push(event.seq)
          if (!isHidden(event.seq)) sent.push([prev, event.seq])
          return !isHidden(event.seq)
        }
        const room = async () => scheduler.schedule(Promise.resolve())
        let asked = 0
        const hasRoom = () => (asked += 1) % every !== 0
        const follower = createFollower({ after, read, send, hasRoom, room, onError: () => {} })
        for (const { head, withEvent } of rung) {
          scheduler
            .schedule(Promise.resolve())
            .then(() => follower.ring(head, withEvent && head > 0 ? at(head) : undefined))
        }
        await scheduler.waitIdle()
        // What healing does, round after round.
        while (follower.cursor < 40) {
          follower.ring(40)
          await scheduler.waitIdle()
        }
        const visible = range(after, 40).filter((seq) => !isHidden(seq))
        expect({ taken, sent, most: most <= 1 }).toEqual({
          taken: range(after, 40),
          sent: visible.map((seq, index) => [visible[index - 1] ?? after, seq]),
          most: true,
        })
      },
    ),
    { numRuns: 200 },
  )
})

it('needs no read for the next event when it is at hand', () => {
  const taken: number[] = []
  const follower = createFollower({
    after: 4,
    read: () => Promise.reject(new Error('nothing to read')),
    send: ({ seq }) => taken.push(seq) > 0,
    hasRoom: () => true,
    room: async () => {},
    onError: (error) => {
      throw error
    },
  })
  for (const seq of [5, 6, 6, 5, 7]) follower.ring(seq, at(seq))
  expect(taken).toEqual([5, 6, 7])
})

it('hands on nothing once it is stopped, not even what was being read', async () => {
  const taken: number[] = []
  const page = Promise.withResolvers<LogEvent[]>()
  const follower = createFollower({
    after: 0,
    read: () => page.promise,
    send: ({ seq }) => taken.push(seq) > 0,
    hasRoom: () => true,
    room: async () => {},
    onError: () => {},
  })
  follower.ring(2)
  follower.stop()
  page.resolve([at(1), at(2)])
  await page.promise
  follower.ring(3, at(1))
  expect(taken).toEqual([])
})
