/** Who wants to hear of something. One that throws keeps neither the others from hearing nor the chat from going on. */
export interface Listeners<T> {
  /** Answers how to end it. */
  add(listener: (what: T) => void): () => void
  tell(what: T): void
}

export function createListeners<T>(): Listeners<T> {
  const listeners = new Set<(what: T) => void>()
  const tellOne = (listener: (what: T) => void, what: T) => {
    try {
      listener(what)
    } catch (error) {
      // As uncaught as it would be anywhere else in the page.
      queueMicrotask(() => {
        throw error
      })
    }
  }
  return {
    add(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    tell(what) {
      for (const listener of [...listeners]) if (listeners.has(listener)) tellOne(listener, what)
    },
  }
}
