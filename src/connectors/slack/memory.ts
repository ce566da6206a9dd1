/** Loads a value once for all who ask meanwhile, and keeps it for a while; a failure is not kept. */
export interface Memory<T> {
  get(key: string, until?: AbortSignal): Promise<T>
  /** It is loaded again for whoever asks next. */
  forget(key: string): void
}

/** Keeps at most `most` values, those used last. */
export function createMemory<T>(options: {
  load(key: string, until?: AbortSignal): Promise<T>
  now(): number
  keepMs: number
  most: number
}): Memory<T> {
  const kept = new Map<string, { value: Promise<T>; until: number }>()

  const load = (key: string, deadline?: AbortSignal): Promise<T> => {
    const value = options.load(key, deadline)
    const entry = { value, until: options.now() + options.keepMs }
    const oldest = kept.keys().next()
    if (kept.size >= options.most && !oldest.done) kept.delete(oldest.value)
    kept.set(key, entry)
    value.catch(() => {
      if (kept.get(key) === entry) kept.delete(key)
    })
    return value
  }

  return {
    get(key, deadline) {
      const entry = kept.get(key)
      kept.delete(key)
      if (!entry || entry.until <= options.now()) return load(key, deadline)
      // A map keeps the order of insertion: what is used moves to the end.
      kept.set(key, entry)
      return entry.value
    },
    forget: (key) => void kept.delete(key),
  }
}
