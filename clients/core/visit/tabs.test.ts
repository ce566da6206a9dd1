import { afterEach, expect, it, vi } from 'vitest'
import { browserTabs } from './tabs.ts'

afterEach(() => void vi.unstubAllGlobals())

/** A window with these locks. */
function aWindow(locks?: { request(name: string, task: () => Promise<unknown>): Promise<unknown> }) {
  const listeners = new Set<(event: { key: string | null }) => void>()
  vi.stubGlobal('navigator', locks ? { locks } : {})
  vi.stubGlobal('addEventListener', (_: string, listener: () => void) => listeners.add(listener))
  vi.stubGlobal('removeEventListener', (_: string, listener: () => void) => listeners.delete(listener))
  return (key: string | null) => {
    for (const listener of listeners) listener({ key })
  }
}

it('hears of what is kept for this chat, of all at once, and of nothing else', () => {
  const store = aWindow()
  let heard = 0
  const end = browserTabs('deskbridge:shop').onChange(() => void (heard += 1))
  for (const key of ['deskbridge:shop:outbox:1', 'deskbridge:other', null]) store(key)
  end()
  store('deskbridge:shop')
  expect(heard).toBe(2)
})

it.each([
  ['there are no locks', undefined],
  [
    'they are denied, as is the storage',
    { request: () => Promise.reject(new DOMException('denied', 'SecurityError')) },
  ],
  ['there are', { request: (_name: string, task: () => Promise<unknown>) => task() }],
])('does once what is to be done alone where %s', async (_name, locks) => {
  aWindow(locks)
  let runs = 0
  const answer = await browserTabs('deskbridge:shop').alone('start', async () => (runs += 1))
  expect([answer, runs]).toEqual([1, 1])
})

it('does not do again what has failed by itself', async () => {
  aWindow({ request: (_name, task) => task() })
  let runs = 0
  const failing = browserTabs('deskbridge:shop').alone('start', async () => {
    runs += 1
    throw new Error('no answer')
  })
  await expect(failing).rejects.toThrow('no answer')
  expect(runs).toBe(1)
})
