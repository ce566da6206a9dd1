import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { every } from './periodic.ts'

const unexpected = (error: unknown) => expect.unreachable(String(error))

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

it('runs at once and then so long after the end of each run, never two at once', async () => {
  const starts: number[] = []
  const begun = Date.now()
  const task = () => {
    starts.push(Date.now() - begun)
    return new Promise<void>((resolve) => setTimeout(resolve, 30))
  }
  const periodic = every(100, task, unexpected)
  await vi.advanceTimersByTimeAsync(300)
  expect(starts).toEqual([0, 130, 260])
  const stopped = periodic.stop()
  await vi.advanceTimersByTimeAsync(1_000)
  await stopped
  expect(starts).toEqual([0, 130, 260])
})

it('reports what a run throws and comes again all the same', async () => {
  const errors: unknown[] = []
  const broken = new Error('broken')
  const periodic = every(
    100,
    () => Promise.reject(broken),
    (error) => errors.push(error),
  )
  await vi.advanceTimersByTimeAsync(250)
  await periodic.stop()
  expect(errors).toEqual([broken, broken, broken])
})

it('stops only when the run that is under way has ended, and starts none after it', async () => {
  let runs = 0
  const run = Promise.withResolvers<void>()
  const periodic = every(
    100,
    () => {
      runs += 1
      return run.promise
    },
    unexpected,
  )
  let isStopped = false
  const stopped = periodic.stop().then(() => {
    isStopped = true
  })
  await vi.advanceTimersByTimeAsync(500)
  const early = isStopped
  run.resolve()
  await stopped
  await vi.advanceTimersByTimeAsync(500)
  expect([early, isStopped, runs]).toEqual([false, true, 1])
})
