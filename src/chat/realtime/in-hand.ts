/** What a connection has asked and is not answered yet. */
export interface InHand {
  add(work: Promise<unknown>): void
  /** Resolves when all of it is answered; what is added afterwards is not waited for. */
  answered(): Promise<void>
}

export function createInHand(): InHand {
  const open = new Set<Promise<unknown>>()
  return {
    add(work) {
      open.add(work)
      void work.finally(() => open.delete(work))
    },
    async answered() {
      await Promise.allSettled(open)
    },
  }
}
