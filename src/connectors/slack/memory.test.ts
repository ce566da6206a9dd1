import { expect, it } from 'vitest'
import { createMemory } from './memory.ts'

function aMemory(most = 2) {
  const loads: string[] = []
  const state = { now: 0, fail: false }
  const load = async (key: string) => {
    loads.push(key)
    if (state.fail) throw new Error('not now')
    return `${key}!`
  }
  return { memory: createMemory({ load, now: () => state.now, keepMs: 10, most }), loads, state }
}

it('loads once for all who ask at the same time', async () => {
  const { memory, loads } = aMemory()
  const values = await Promise.all([memory.get('a'), memory.get('a')])
  expect({ values, loads }).toEqual({ values: ['a!', 'a!'], loads: ['a'] })
})

it('loads again once the value is old', async () => {
  const { memory, loads, state } = aMemory()
  await memory.get('a')
  state.now = 10
  await memory.get('a')
  expect(loads).toEqual(['a', 'a'])
})

it('keeps what was used last', async () => {
  const { memory, loads } = aMemory()
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await memory.get(key)
  expect(loads).toEqual(['a', 'b', 'c', 'b'])
})

it('does not keep a failure', async () => {
  const { memory, state } = aMemory()
  state.fail = true
  await expect(memory.get('a')).rejects.toThrow('not now')
  state.fail = false
  await expect(memory.get('a')).resolves.toBe('a!')
})
