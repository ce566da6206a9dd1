import { expect, it } from 'vitest'
import { aVirtualTime } from '../../../test/support/client/virtual-time.ts'
import { createRetry } from './retry.ts'

function aRetry() {
  const time = aVirtualTime()
  const began = time.now()
  const tried: number[] = []
  const task = () => void tried.push(time.now() - began)
  return { time, tried, task, retry: createRetry({ later: time.later, random: () => 0 }) }
}

it('waits longer each time, and as at first once something worked', async () => {
  const { time, tried, task, retry } = aRetry()
  for (const wait of [500, 1_000, 2_000]) {
    retry.again(task)
    await time.pass(wait)
  }
  retry.worked()
  retry.again(task)
  await time.pass(500)
  expect(tried).toEqual([500, 1_500, 3_500, 4_000])
})

it('tries once what is put down twice, so that a wait is not cut short by whoever asks again', async () => {
  const { time, tried, task, retry } = aRetry()
  retry.again(task, 10_000)
  for (let index = 0; index < 5; index += 1) retry.again(task)
  await time.pass(60_000)
  expect(tried).toEqual([10_000])
})

it('does nothing more once it is stopped, not even what waits', async () => {
  const { time, tried, task, retry } = aRetry()
  retry.again(task)
  retry.stop()
  retry.again(task)
  await time.pass(60_000)
  expect(tried).toEqual([])
})
