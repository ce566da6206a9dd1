import { setImmediate as moment } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { createTurns } from './turns.ts'

it('runs two at once and the rest in their order, whatever fails', async () => {
  const inTurn = createTurns(2)
  const began: number[] = []
  let running = 0
  let most = 0
  const task = (index: number) => async () => {
    began.push(index)
    most = Math.max(most, (running += 1))
    await moment()
    running -= 1
    if (index % 2) throw new Error('no')
    return index
  }
  const all = await Promise.allSettled([0, 1, 2, 3, 4, 5].map((index) => inTurn(task(index))))
  expect([most, began, all.map(({ status }) => status === 'fulfilled')]).toEqual([
    2,
    [0, 1, 2, 3, 4, 5],
    [true, false, true, false, true, false],
  ])
})
