import { createMemoryStorage, type Storage } from '../core/index.ts'

/** What an app keeps for itself, such as `@react-native-async-storage/async-storage`. */
export interface AsyncStore {
  getItem(key: string): Promise<string | null>
  setItem(key: string, value: string): Promise<unknown>
  removeItem(key: string): Promise<unknown>
  getAllKeys(): Promise<readonly string[]>
}

/** Reads what is there below `prefix` first; from then on it answers at once, and writes behind in the order in which it was asked to. */
export async function openAsyncStorage(store: AsyncStore, prefix: string): Promise<Storage> {
  const items = new Map<string, string>()
  const keys = await store.getAllKeys().catch(() => [])
  for (const key of keys.filter((one) => one.startsWith(prefix))) {
    const value = await store.getItem(key).catch(() => null)
    if (value !== null) items.set(key, value)
  }
  const memory = createMemoryStorage(items)
  let written: Promise<unknown> = Promise.resolve()
  /** What the device has no room for lives as long as the app. */
  const write = (task: () => Promise<unknown>) => {
    written = written.then(task).catch(() => {})
  }
  return {
    ...memory,
    setItem(key, value) {
      memory.setItem(key, value)
      write(() => store.setItem(key, value))
    },
    removeItem(key) {
      memory.removeItem(key)
      write(() => store.removeItem(key))
    },
  }
}
