import { afterEach, expect, it } from 'vitest'
import { lookAtChanged } from '../../../src/bridge/sweeps/look-at-changed.ts'
import { aBridge } from '../../support/bridge.ts'
import { aRemote } from '../../support/remote.ts'

let close: (() => Promise<void>) | undefined
afterEach(() => close?.())

const inUse = async () => ({ name: 'looks', limit: 60, windowMs: 60_000, burst: 5, taken: null })
const free = { inUse, reserve: async () => ({ at: 0, granted: true }) }
const never = { inUse, reserve: async () => ({ at: Number.MAX_SAFE_INTEGER, granted: false }) }

/** A remote that tells these pages of changes in turn, and which cursors it was asked from. */
async function arrange(pages: readonly string[][]) {
  const remote = aRemote({ looks: { key: 'looks', limit: 60, windowMs: 60_000, burst: 5 } })
  const chat = await aBridge([remote])
  close = chat.close
  const cursors: (string | null)[] = []
  const changedSince = async (cursor: string | null) => {
    cursors.push(cursor)
    const page = cursors.length
    return { threads: pages[page - 1] ?? [], next: `page ${page}`, more: page < pages.length }
  }
  const looked: string[] = []
  const arrivals = { look: async (_name: string, at: string) => void looked.push(at) }
  const waited: number[] = []
  const wait = async (ms: number) => void waited.push(ms)
  const deps = { ...chat, arrivals, now: () => 1_000, wait }
  const sweep = (budgets = free) => lookAtChanged({ ...deps, budgets }, { ...remote.connector, changedSince })
  return { cursors, looked, waited, sweep }
}

it('looks at what changed, page by page, and goes on from there the next time', async () => {
  const { cursors, looked, sweep } = await arrange([['1', '2'], ['3']])
  await sweep()
  await sweep()
  expect([cursors, looked]).toEqual([
    [null, 'page 1', 'page 2'],
    ['1', '2', '3'],
  ])
})

it('waits for a call that it was given, and asks then', async () => {
  const { looked, waited, sweep } = await arrange([['1']])
  await sweep({ inUse, reserve: async () => ({ at: 1_700, granted: true }) })
  expect([waited, looked]).toEqual([[700], ['1']])
})

it('asks nothing while the account has no call to spare', async () => {
  const { cursors, sweep } = await arrange([['1']])
  await sweep(never)
  expect(cursors).toEqual([])
})
