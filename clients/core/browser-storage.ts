import { createMemoryStorage, type Storage } from './storage.ts'

/** The browser's storage. What finds no room in it, or all where a site's visitors have it blocked, lives as long as the page. */
export function openStorage(): Storage {
  const spare = createMemoryStorage()
  const kept = whatTheBrowserKeeps()
  if (!kept) return spare
  return {
    getItem: (key) => spare.getItem(key) ?? kept.getItem(key),
    setItem(key, value) {
      spare.removeItem(key)
      try {
        kept.setItem(key, value)
      } catch {
        spare.setItem(key, value)
      }
    },
    removeItem(key) {
      spare.removeItem(key)
      kept.removeItem(key)
    },
    keys: () => [...new Set([...Object.keys(kept), ...spare.keys()])],
  }
}

function whatTheBrowserKeeps() {
  try {
    localStorage.setItem('deskbridge:try', '1')
    localStorage.removeItem('deskbridge:try')
    return localStorage
  } catch {
    return null
  }
}
