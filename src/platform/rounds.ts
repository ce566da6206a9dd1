export interface Rounds<Key, Value> {
  /** What waits under the same key becomes what `merge` makes of the two. */
  put(entries: Iterable<readonly [Key, Value]>): void
  /** Waits until everything that was put so far is done with. */
  settled(): Promise<void>
}

/**
 * Hands on what was put while the last round was under way, each key once in a round and one round at a time. What a round
 * throws is told, and the next one begins all the same.
 */
export function createRounds<Key, Value>(deps: {
  run(waiting: ReadonlyMap<Key, Value>): Promise<void>
  merge(known: Value, next: Value): Value
  onError(error: unknown): void
}): Rounds<Key, Value> {
  let waiting = new Map<Key, Value>()
  let round: Promise<void> | null = null

  const runAll = async () => {
    while (waiting.size > 0) {
      const taken = waiting
      waiting = new Map()
      try {
        await deps.run(taken)
      } catch (error) {
        deps.onError(error)
      }
    }
    round = null
  }

  return {
    put(entries) {
      for (const [key, value] of entries) {
        const known = waiting.get(key)
        waiting.set(key, known === undefined ? value : deps.merge(known, value))
      }
      if (waiting.size > 0) round ??= runAll()
    },
    async settled() {
      await round
    },
  }
}
