import { afterEach, expect, it } from 'vitest'
import type { Change } from '../../../src/bridge/port.ts'
import { lookAtChanged } from '../../../src/bridge/sweeps/look-at-changed.ts'
import { aBridge } from '../../support/bridge.ts'
import { aRemote } from '../../support/remote.ts'

let close: (() => Promise<void>) | undefined
afterEach(() => close?.())

/** A chat at a remote that tells pages of changes in turn, and which cursors it was asked from. */
async function arrange(pages: readonly ((thread: string) => Change[])[]) {
  const remote = aRemote()
  const chat = await aBridge([remote])
  close = chat.close
  await chat.say('hello')
  await chat.runRung()
  const thread = remote.posts[0]?.thread ?? ''
  const cursors: (string | null)[] = []
  remote.connector.changedSince = async (cursor) => {
    cursors.push(cursor)
    const page = cursors.length
    return { changes: pages[page - 1]?.(thread) ?? [], next: `page ${page}`, more: page < pages.length }
  }
  const looked: string[] = []
  const arrivals = { look: async (_name: string, at: string) => void looked.push(at) }
  const budgets = { reserve: async () => ({ at: 0, granted: true }) }
  const sweep = () => lookAtChanged({ ...chat, arrivals, budgets }, remote.connector)
  await chat.links.updateOne({}, { $set: { 'remote.stamp': 'ours' } })
  return { thread, cursors, looked, sweep }
}

it('looks at what changed otherwise than by us, page by page, and goes on from there the next time', async () => {
  const { thread, cursors, looked, sweep } = await arrange([
    () => [{ thread: 'of somebody else', stamp: 'x' }],
    (ours) => [{ thread: ours, stamp: 'theirs' }],
  ])
  await sweep()
  await sweep()
  expect([cursors, looked]).toEqual([[null, 'page 1', 'page 2'], [thread]])
})

it('leaves alone what nobody has changed since we did', async () => {
  const { looked, sweep } = await arrange([(ours) => [{ thread: ours, stamp: 'ours' }]])
  await sweep()
  expect(looked).toEqual([])
})
