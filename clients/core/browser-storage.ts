import type { Storage } from './outbox.ts'

/** The browser's storage; where a site's visitors have it blocked, the chat lives as long as the page. */
export function openStorage(): Storage {
  try {
    localStorage.setItem('deskbridge:try', '1')
    localStorage.removeItem('deskbridge:try')
    return localStorage
  } catch {
    const items = new Map<string, string>()
    return {
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, value) => void items.set(key, value),
      removeItem: (key) => void items.delete(key),
    }
  }
}
