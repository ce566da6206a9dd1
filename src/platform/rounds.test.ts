import { expect, it } from 'vitest'
import { createRounds } from './rounds.ts'

function someRounds() {
  const ran: [string, number][][] = []
  const errors: unknown[] = []
  const rounds = createRounds<string, number>({
    async run(waiting) {
      ran.push([...waiting])
      await new Promise(setImmediate)
      if (waiting.has('bad')) throw new Error('bad')
    },
    merge: Math.max,
    onError: (error) => errors.push(error),
  })
  return { ran, errors, ...rounds }
}

it('begins at once with all that was put together, and hands on what came meanwhile as one round', async () => {
  const { ran, put, settled } = someRounds()
  put([
    ['a', 1],
    ['b', 1],
  ])
  put([['a', 3]])
  put([
    ['a', 2],
    ['c', 1],
  ])
  await settled()
  expect(ran).toEqual([
    [
      ['a', 1],
      ['b', 1],
    ],
    [
      ['a', 3],
      ['c', 1],
    ],
  ])
})

it('goes on after a round that failed', async () => {
  const { ran, errors, put, settled } = someRounds()
  put([['bad', 1]])
  put([['good', 1]])
  await settled()
  put([['later', 1]])
  await settled()
  expect([ran.flat().map(([key]) => key), errors]).toEqual([['bad', 'good', 'later'], [new Error('bad')]])
})
