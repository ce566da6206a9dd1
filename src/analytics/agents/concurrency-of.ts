/** Epoch ms; `until` is not in it. */
export interface Stretch {
  from: number
  until: number
}

export interface Concurrency {
  /** How long there was any chat. */
  chattingMs: number
  /** How long there were chats, each of them counted. */
  chatsMs: number
}

/** Of the stretches in which an agent had chats, in any order, as far as they are in [from, until). */
export function concurrencyOf(stretches: readonly Stretch[], from: number, until: number): Concurrency {
  const within = stretches
    .map((stretch) => ({ from: Math.max(stretch.from, from), until: Math.min(stretch.until, until) }))
    .filter((stretch) => stretch.from < stretch.until)
    .sort((one, other) => one.from - other.from)
  let [chattingMs, chatsMs, reached] = [0, 0, from]
  for (const stretch of within) {
    chatsMs += stretch.until - stretch.from
    chattingMs += Math.max(0, stretch.until - Math.max(stretch.from, reached))
    reached = Math.max(reached, stretch.until)
  }
  return { chattingMs, chatsMs }
}
