import type { Hono } from 'hono'
import { streamSSE } from 'hono/streaming'

export interface Change {
  kind: string
  [detail: string]: unknown
}

/** Changes kept for a page that comes back. */
const kept = 1_000

/** `GET /sandbox/stream`: every change as a server-sent event; a page that reconnects gets what it missed. */
export function createStream() {
  const changes: { id: number; change: Change }[] = []
  const readers = new Set<() => void>()
  const closers = new Set<() => void>()
  let last = 0

  return {
    publish(change: Change) {
      changes.push({ id: (last += 1), change })
      if (changes.length > kept) changes.shift()
      for (const wake of readers) wake()
    },
    mount(app: Hono) {
      app.get('/sandbox/stream', (c) =>
        streamSSE(c, async (stream) => {
          let seen = Number(c.req.header('last-event-id') ?? last)
          let open = true
          let wake = () => {}
          const close = () => {
            open = false
            wake()
          }
          const ring = () => wake()
          stream.onAbort(close)
          readers.add(ring)
          closers.add(close)
          await stream.write(': open\n\n')
          while (open) {
            const rest = changes.filter(({ id }) => id > seen)
            for (const { id, change } of rest) {
              await stream.writeSSE({ id: String(id), data: JSON.stringify(change) })
              seen = id
            }
            if (rest.length === 0) await new Promise<void>((resolve) => (wake = resolve))
          }
          readers.delete(ring)
          closers.delete(close)
        }),
      )
    },
    close() {
      for (const close of closers) close()
    },
  }
}
