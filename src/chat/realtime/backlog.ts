/** What may wait for a reader, in bytes. One with more is cut off, and comes back and reads on from where they are. */
const mostWaiting = 1_000_000
/** With so much to take, what lies further on in the log stays in the store. */
const enough = 64_000

/** What was handed on to one reader and is not off their hands yet, counted until the kernel has taken it. */
export interface Backlog {
  /** False: they are cut off, nothing more is for them. One piece may be larger than all that may wait, as a page can be. */
  add(bytes: number): boolean
  taken(bytes: number): void
  /** Little waits. */
  hasRoom(): boolean
  /** Resolves while little waits. */
  room(): Promise<void>
}

export function createBacklog(cut: () => void): Backlog {
  let waiting = 0
  let room = Promise.withResolvers<void>()
  room.resolve()
  return {
    add(bytes) {
      if (waiting > mostWaiting) {
        cut()
        return false
      }
      if (waiting < enough && waiting + bytes >= enough) room = Promise.withResolvers()
      waiting += bytes
      return true
    },
    taken(bytes) {
      waiting -= bytes
      if (waiting < enough) room.resolve()
    },
    hasRoom: () => waiting < enough,
    room: () => room.promise,
  }
}
