import { expect, it } from 'vitest'
import { ownKey, steppedTo } from './stepped-to.ts'

const monday = { day: 0, hour: 0 }
const sunday = { day: 6, hour: 23 }

it.each([
  ['ArrowDown', { day: 1, hour: 0 }, sunday],
  ['ArrowUp', monday, { day: 5, hour: 23 }],
  ['ArrowRight', { day: 0, hour: 1 }, sunday],
  ['ArrowLeft', monday, { day: 6, hour: 22 }],
  ['Home', monday, { day: 6, hour: 0 }],
  ['End', { day: 0, hour: 23 }, sunday],
  ['Tab', null, null],
])('goes by %s, and not out of the week', (key, first, last) => {
  expect([steppedTo(monday, key), steppedTo(sunday, key)]).toEqual([first, last])
})

it('leaves keys that are pressed together to the browser', () => {
  const alone = { key: 'ArrowLeft', altKey: false, ctrlKey: false, metaKey: false, shiftKey: false }
  const together = ['altKey', 'ctrlKey', 'metaKey', 'shiftKey'].map((name) => ownKey({ ...alone, [name]: true }))
  expect([ownKey(alone), ...together]).toEqual(['ArrowLeft', null, null, null, null])
})
