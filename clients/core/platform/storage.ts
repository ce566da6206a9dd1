/** What a browser keeps for a site, or an app for itself: text by key. */
export interface Storage {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
  keys(): string[]
}

/** Kept as long as the page. */
export function createMemoryStorage(items = new Map<string, string>()): Storage {
  return {
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    keys: () => [...items.keys()],
  }
}

/** What finds no room in `kept` lives as long as the page. */
export function withSpare(kept: Storage): Storage {
  const spare = createMemoryStorage()
  return {
    getItem: (key) => spare.getItem(key) ?? attempt(() => kept.getItem(key), null),
    setItem(key, value) {
      spare.removeItem(key)
      const isKept = attempt(() => {
        kept.setItem(key, value)
        return true
      }, false)
      if (!isKept) spare.setItem(key, value)
    },
    removeItem(key) {
      spare.removeItem(key)
      attempt(() => kept.removeItem(key), undefined)
    },
    keys: () => [...new Set([...attempt(() => kept.keys(), []), ...spare.keys()])],
  }
}

/** A browser may refuse its storage at any time, full or taken away by a setting. */
function attempt<T>(task: () => T, otherwise: T): T {
  try {
    return task()
  } catch {
    return otherwise
  }
}
