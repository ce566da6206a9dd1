import { expect, it } from 'vitest'
import { aVirtualTime } from '../../../test/support/client/virtual-time.ts'
import { createEitherLine } from './either-line.ts'
import type { Line } from './transport.ts'

/** A line that goes up and down as the test says. */
function aLine() {
  const ups: (() => void)[] = []
  const downs: ((refused: boolean) => void)[] = []
  const heard: (() => void)[] = []
  let isClosed = false
  const line: Line = {
    on: (_event, listener) => void heard.push(listener as () => void),
    onUp: (listener) => void ups.push(listener),
    onDown: (listener) => void downs.push(listener),
    ask: async () => ({ ok: true }),
    close: () => void (isClosed = true),
  }
  const all = <T extends unknown[]>(listeners: ((...args: T) => void)[], ...args: T) => {
    for (const listener of listeners) listener(...args)
  }
  return {
    line,
    isClosed: () => isClosed,
    up: () => all(ups),
    down: () => all(downs, false),
    emit: () => all(heard),
  }
}

function aChoice() {
  const time = aVirtualTime()
  const [first, second] = [aLine(), aLine()]
  const through: (() => void)[] = []
  const told: string[] = []
  let isReachable = true
  let opened = 0
  const line = createEitherLine({
    first: first.line,
    onThrough: (listener) => void through.push(listener),
    async second() {
      opened += 1
      return second.line
    },
    isReachable: async () => isReachable,
    later: time.later,
  })
  line.onUp(() => told.push('up'))
  line.onDown(() => told.push('down'))
  line.on('session_info', () => told.push('info'))
  return {
    ...{ time, line, first, second, told },
    opened: () => opened,
    getThrough() {
      for (const listener of through) listener()
    },
    becomeReachable(next: boolean) {
      isReachable = next
    },
  }
}

it('takes the second where the first does not get through, with all who listen', async () => {
  const { time, first, second, told, opened } = aChoice()
  first.down()
  await time.pass(7_000)
  second.up()
  second.emit()
  first.up()
  expect({ opened: opened(), isClosed: first.isClosed(), told }).toEqual({
    ...{ opened: 1, isClosed: true, told: ['down', 'up', 'info'] },
  })
})

it('stays with the first where it gets through, even if nobody is let in', async () => {
  const { time, first, opened, getThrough } = aChoice()
  for (let index = 0; index < 5; index += 1) {
    getThrough()
    first.down()
    await time.pass(3_000)
  }
  expect(opened()).toBe(0)
})

it('does not choose without a network, and does once there is one again', async () => {
  const { time, opened, becomeReachable } = aChoice()
  becomeReachable(false)
  await time.pass(60_000)
  const before = opened()
  becomeReachable(true)
  await time.pass(7_000)
  expect([before, opened()]).toEqual([0, 1])
})

it('gives the first time to come back where it was through before', async () => {
  const { time, first, opened, getThrough } = aChoice()
  getThrough()
  first.down()
  await time.pass(13_000)
  const before = opened()
  await time.pass(2_000)
  expect([before, opened()]).toEqual([0, 1])
})

it('chooses no more once it is closed', async () => {
  const { time, line, first, opened } = aChoice()
  line.close()
  await time.pass(60_000)
  expect([opened(), first.isClosed()]).toEqual([0, true])
})
