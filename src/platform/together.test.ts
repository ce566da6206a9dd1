import { afterEach, expect, it, vi } from 'vitest'
import { together } from './together.ts'

afterEach(() => void vi.useRealTimers())

function anOracle(most = 10, gatherMs = 0) {
  const rounds: (readonly number[])[] = []
  const ask = together(
    async (questions: readonly number[]) => {
      rounds.push(questions)
      await new Promise(setImmediate)
      if (questions.includes(13)) throw new Error('thirteen')
      return questions.map((question) => question * 2)
    },
    most,
    gatherMs,
  )
  return { ask, rounds }
}

it('answers what is asked in one turn by one round, and what comes meanwhile by the next', async () => {
  const { ask, rounds } = anOracle()
  const first = Promise.all([ask(1), ask(2)])
  await new Promise(setImmediate)
  expect([await Promise.all([first, ask(3), ask(4)]), rounds]).toEqual([
    [[2, 4], 6, 8],
    [
      [1, 2],
      [3, 4],
    ],
  ])
})

it('asks no more than so much at once', async () => {
  const { ask, rounds } = anOracle(2)
  await Promise.all([1, 2, 3, 4, 5].map(ask))
  expect(rounds).toEqual([[1, 2], [3, 4], [5]])
})

it('throws what a round throws to each of its questions, and goes on', async () => {
  const { ask } = anOracle(2)
  const outcomes = await Promise.allSettled([12, 13, 14].map(ask))
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
})

it('waits after a round for others to come along, and not before the first', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  const { ask, rounds } = anOracle(10, 20)
  const [first, second] = [await ask(1), ask(2)]
  await vi.advanceTimersByTimeAsync(19)
  const others = ask(3)
  const early = rounds.length
  await vi.advanceTimersByTimeAsync(1)
  expect([first, early, await second, await others, rounds]).toEqual([2, 1, 4, 6, [[1], [2, 3]]])
  await vi.advanceTimersByTimeAsync(20)
  expect(await ask(4)).toBe(8)
})
