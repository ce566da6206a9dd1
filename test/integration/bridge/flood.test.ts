import { afterEach, expect, it } from 'vitest'
import { SessionId } from '../../../src/contract/ids.ts'
import { aBridge } from '../../support/bridge.ts'
import { aRemote } from '../../support/remote.ts'

let close: (() => Promise<void>) | undefined
afterEach(() => close?.())

const session = (n: number) => SessionId.parse(`ses_${String(n).padStart(24, '0')}`)
/** A post a second. */
const posts = { key: 'posts', limit: 60, windowMs: 57_000, burst: 3 }
const second = 1_000

it('brings what is said in a running chat, and a new chat of another inbox, through a flood of new ones', async () => {
  const remote = aRemote({ budgets: [posts] })
  const bridge = await aBridge([remote])
  close = bridge.close
  await bridge.begin(session(1), 'desk', 'the first')
  await bridge.begin(session(2), 'shop', 'of the flooded inbox')
  await bridge.bridge.settled()
  await bridge.pass(30 * second)
  for (let n = 0; n < 100; n += 1) await bridge.begin(session(100 + n), 'shop', 'flood')
  await bridge.bridge.settled()
  await bridge.pass(5 * second)
  await bridge.sayIn(session(1), 'still there?')
  await bridge.begin(session(3), 'desk', 'another one')
  await bridge.sayIn(session(2), 'and me?')
  const seconds = { running: 0, new: 0, flooded: 0 }
  for (let waited = 1; waited <= 40; waited += 1) {
    await bridge.pass(second)
    const shown = remote.shown()
    if (!shown.includes('still there?')) seconds.running = waited
    if (!shown.includes('another one')) seconds.new = waited
    if (!shown.includes('and me?')) seconds.flooded = waited
  }
  const flood = remote.shown().filter((line) => line === 'flood').length
  expect([seconds.running < 15, seconds.new < 25, seconds.flooded < 15, flood > 5]).toEqual([true, true, true, true])
})
