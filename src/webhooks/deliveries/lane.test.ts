import fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { DeliveryId, EndpointId } from '../../contract/ids.ts'
import type { Outcome } from '../call/outcome.ts'
import type { StoredEndpoint } from '../endpoints/stored.ts'
import { createLane, type LaneDeps } from './lane.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const id = EndpointId.parse(`end_${'0'.repeat(24)}`)
const nth = (index: number) => DeliveryId.parse(`${id}.evt_${String(index).padStart(24, '0')}`)
const range = (length: number) => Array.from({ length }, (_, index) => index)
const leaseMs = 30_000

type Step = 'endpoint' | 'pull' | 'claim' | 'send' | 'slot' | 'aftermath'

interface Options {
  waiting: number
  /** How many turns of the microtask queue each step takes, over and over. */
  turns?: readonly number[]
  ratePerSecond?: number | null
}

/** A lane whose store is a map, whose steps take as many turns as they are told, and fail as long as they are told to. */
function aLane({ waiting, turns = [1], ratePerSecond = null }: Options) {
  const due = new Map(range(waiting).map((index) => [nth(index), 0]))
  const said: Record<Step, number> = { endpoint: 0, pull: 0, claim: 0, send: 0, slot: 0, aftermath: 0 }
  const outcome: Outcome = { kind: 'delivered' }
  const state = {
    failing: new Set<Step>(),
    outcome: outcome as Outcome,
    answers: new Map<string, Promise<Outcome>>(),
    steps: 0,
  }
  const endpoint = { url: 'https://one', since: new Date(0), restsUntil: null, ordered: false, ratePerSecond }
  const taken: DeliveryId[] = []
  const now = () => Date.now()

  const step = async <T>(name: Step, does: () => T | Promise<T>): Promise<T> => {
    said[name] += 1
    state.steps += 1
    // What runs in circles would leave the test no turn of its own.
    if (state.steps > 50_000) await new Promise(() => {})
    for (let left = turns[state.steps % turns.length] ?? 1; left > 0; left -= 1) await null
    if (state.failing.has(name)) throw new Error(`${name} is away`)
    return does()
  }

  const isDue = (delivery: DeliveryId) => (due.get(delivery) ?? Number.POSITIVE_INFINITY) <= now()
  const deps = {
    endpoint: () => step('endpoint', () => ({ ...endpoint }) as StoredEndpoint),
    pull: (_endpoint: StoredEndpoint, room: number) =>
      step('pull', () => {
        const found = [...due.keys()].filter(isDue).slice(0, room)
        return { due: found, isMore: found.length === room }
      }),
    claim: (_id: DeliveryId) =>
      step('claim', () => {
        if (!isDue(_id)) return null
        due.set(_id, now() + leaseMs)
        return { _id }
      }),
    send: ({ url }: StoredEndpoint, { _id }: { _id: DeliveryId }) =>
      step('send', async () => {
        const outcome = (await state.answers.get(url)) ?? state.outcome
        if (outcome.kind === 'delivered') due.delete(_id)
        if (outcome.kind === 'delivered') taken.push(_id)
        return outcome
      }),
    slot: () => step('slot', () => ({ at: now() + 10, granted: true })),
    aftermath: () => step('aftermath', () => undefined),
    random: () => 0,
    now,
    onError: () => undefined,
  } as unknown as LaneDeps

  return {
    lane: createLane(id, deps),
    due,
    taken,
    said,
    endpoint,
    state,
    pass: async (ms: number) => void (await vi.advanceTimersByTimeAsync(ms)),
  }
}

const turns = fc.array(fc.nat(7), { minLength: 1, maxLength: 12 })

it('calls for all that it was ever rung for, whenever the ring came', async () => {
  await fc.assert(
    fc.asyncProperty(turns, fc.array(fc.nat(25), { maxLength: 12 }), async (each, gaps) => {
      const { lane, due, pass } = aLane({ waiting: 0, turns: each })
      for (const [index, gap] of gaps.entries()) {
        due.set(nth(index), 0)
        lane.pull()
        for (let left = gap; left > 0; left -= 1) await null
      }
      await pass(0)
      expect([...due.keys()]).toEqual([])
    }),
    { numRuns: 300 },
  )
})

it.each([
  ['claims fail', 'claim'],
  ['calls cannot be made or written down', 'send'],
] as const)(
  'does not go through all that waits, over and over, while %s, and goes on afterwards',
  async (_what, step) => {
    const { lane, due, said, state, pass } = aLane({ waiting: 200 })
    state.failing.add(step)
    for (const _second of range(30)) {
      lane.pull()
      await pass(1_000)
    }
    const meanwhile = said[step]
    state.failing.clear()
    for (const _second of range(90)) {
      lane.pull()
      await pass(1_000)
    }
    expect([meanwhile < 30, due.size]).toEqual([true, 0])
  },
)

it('holds against an address only what it did itself', async () => {
  const { lane, due, taken, endpoint, state, pass } = aLane({ waiting: 5 })
  const late = Promise.withResolvers<Outcome>()
  state.answers.set(endpoint.url, late.promise)
  lane.pull()
  await pass(0)
  const call = async (index: number) => {
    due.set(nth(index), 0)
    lane.pull()
    await pass(0)
  }
  Object.assign(endpoint, { url: 'https://another' })
  await call(11)
  late.resolve({ kind: 'throttled', restMs: 3_600_000 })
  await pass(0)
  await call(12)
  expect(taken).toEqual([nth(11), nth(12)])
})

const steps = ['endpoint', 'pull', 'claim', 'send', 'slot', 'aftermath'] as const
const outcomes = fc.constantFrom<Outcome>(
  { kind: 'delivered' },
  { kind: 'retry', inMs: 5_000, restMs: 0 },
  { kind: 'throttled', restMs: 1_000 },
  { kind: 'interrupted' },
  { kind: 'nothing' },
)
const happening = fc.record({
  failing: fc.subarray([...steps]),
  outcome: outcomes,
  news: fc.nat(15),
  passMs: fc.constantFrom(0, 1, 1_000, 7_000),
})
const ways = fc.record({
  turns,
  ratePerSecond: fc.constantFrom(null, 100),
  all: fc.array(happening, { maxLength: 15 }),
})

it('has called for everything in the end, whatever failed meanwhile, and never ran in circles', async () => {
  await fc.assert(
    fc.asyncProperty(ways, async ({ turns: each, ratePerSecond, all }) => {
      const { lane, due, said, state, pass } = aLane({ waiting: 0, turns: each, ratePerSecond })
      let count = 0
      for (const { failing, outcome, news, passMs } of all) {
        state.failing = new Set(failing)
        state.outcome = outcome
        for (const _one of range(news)) {
          count += 1
          due.set(nth(count), Date.now())
          lane.pull()
        }
        await pass(passMs)
      }
      state.failing = new Set()
      state.outcome = { kind: 'delivered' }
      // As the sweep does, past the longest rest and every claim.
      for (const _second of range(400)) {
        if (due.size > 0) lane.pull()
        await pass(1_000)
      }
      expect([due.size, said.pull + said.claim < 1_500 + 30 * count]).toEqual([0, true])
      await lane.stop()
    }),
    { numRuns: 60 },
  )
})
