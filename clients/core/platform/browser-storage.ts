import { createMemoryStorage, type Storage, withSpare } from './storage.ts'

/** The browser's storage. What finds no room in it, or all where a site's visitors have it blocked, lives as long as the page. */
export function openStorage(): Storage {
  const kept = whatTheBrowserKeeps()
  if (!kept) return createMemoryStorage()
  return withSpare({
    getItem: (key) => kept.getItem(key),
    setItem: (key, value) => kept.setItem(key, value),
    removeItem: (key) => kept.removeItem(key),
    keys: () => Object.keys(kept),
  })
}

function whatTheBrowserKeeps() {
  try {
    localStorage.getItem('deskbridge:try')
    return localStorage
  } catch {
    return null
  }
}
