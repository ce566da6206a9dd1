import { expect, it } from 'vitest'
import { type AsyncStore, openAsyncStorage } from './async-storage.ts'

/** A store that answers whenever the test lets it. */
function aSlowStore(items: Record<string, string>) {
  const done: string[] = []
  const store: AsyncStore = {
    getAllKeys: async () => Object.keys(items),
    getItem: async (key) => items[key] ?? null,
    setItem: async (key, value) => void done.push(`${key}=${value}`),
    removeItem: (key) =>
      key === 'deskbridge:broken' ? Promise.reject(new Error('no room')) : Promise.resolve(done.push(`-${key}`)),
  }
  return { store, done }
}

it('knows at once what was kept, and nothing of the app’s own', async () => {
  const { store } = aSlowStore({ 'deskbridge:shop': 'a', theirs: 'b' })
  const storage = await openAsyncStorage(store, 'deskbridge:')
  expect({ keys: storage.keys(), ours: storage.getItem('deskbridge:shop'), theirs: storage.getItem('theirs') }).toEqual(
    {
      keys: ['deskbridge:shop'],
      ours: 'a',
      theirs: null,
    },
  )
})

it('writes behind in the order in which it was asked to, whatever fails', async () => {
  const { store, done } = aSlowStore({})
  const storage = await openAsyncStorage(store, 'deskbridge:')
  storage.setItem('deskbridge:a', '1')
  storage.removeItem('deskbridge:broken')
  storage.removeItem('deskbridge:a')
  storage.setItem('deskbridge:a', '2')
  expect(storage.getItem('deskbridge:a')).toBe('2')
  await expect.poll(() => done).toEqual(['deskbridge:a=1', '-deskbridge:a', 'deskbridge:a=2'])
})
