import { expect, it } from 'vitest'
import { createTurns } from './turns.ts'

const never = new AbortController().signal

/** Tasks that run until they are told to end, and the order in which they began. */
function someTasks() {
  const inTurn = createTurns(2)
  const began: string[] = []
  const ends = new Map<string, () => void>()
  const start = (name: string, remote = 'a', signal = never) =>
    inTurn(remote, signal, () => {
      began.push(name)
      return new Promise<void>((resolve) => ends.set(name, resolve))
    })
  return { start, began, end: (name: string) => ends.get(name)?.() }
}

it('runs so many at once of each remote, and the others in the order in which they came', async () => {
  const { start, began, end } = someTasks()
  for (const name of ['1', '2', '3', '4']) start(name)
  start('other', 'b')
  expect(began).toEqual(['1', '2', 'other'])
  end('2')
  await expect.poll(() => began).toEqual(['1', '2', 'other', '3'])
  end('3')
  await expect.poll(() => began).toEqual(['1', '2', 'other', '3', '4'])
})

it('lets whoever waits go, and nobody behind them wait longer', async () => {
  const { start, began, end } = someTasks()
  const leaving = new AbortController()
  start('1')
  start('2')
  const gone = start('3', 'a', leaving.signal)
  start('4')
  leaving.abort(new Error('enough'))
  await expect(gone).rejects.toThrow('enough')
  end('1')
  await expect.poll(() => began).toEqual(['1', '2', '4'])
})

it('goes on after a task that failed', async () => {
  const inTurn = createTurns(1)
  const failed = inTurn('a', never, () => Promise.reject(new Error('no')))
  const next = inTurn('a', never, async () => 'done')
  await expect(failed).rejects.toThrow('no')
  expect(await next).toBe('done')
})
