import type { Context } from 'hono'
import { type SSEStreamingApi, streamSSE } from 'hono/streaming'
import { hangUp } from '../../platform/http/hang-up.ts'
import { type Backlog, createBacklog } from './backlog.ts'

/** One open stream of server-sent events. */
export interface StreamLine extends Pick<Backlog, 'hasRoom' | 'room'> {
  write(event: string, id: string, data: unknown, retryMs?: number): void
  /** Ends it after what was written. */
  end(): void
}

/**
 * Opens a stream; `run` is over when the stream is. A sign of life keeps proxies from closing a quiet one, and a reader who
 * has not taken the one before has gone away without a word.
 */
export function openStream(
  c: Context,
  heartbeatMs: number,
  run: (line: StreamLine, ended: Promise<void>) => Promise<void>,
): Response {
  const response = streamSSE(c, async (stream) => {
    const ended = Promise.withResolvers<void>()
    const cut = () => {
      ended.resolve()
      hangUp(c)
    }
    stream.onAbort(ended.resolve)
    const heartbeat = beating(stream, heartbeatMs, cut)
    try {
      await run(lineOf(stream, cut, ended.resolve), ended.promise)
    } finally {
      clearInterval(heartbeat)
    }
  })
  // Kept alive after its end, the connection would keep a closing server waiting.
  response.headers.set('connection', 'close')
  return response
}

function lineOf(stream: SSEStreamingApi, cut: () => void, end: () => void): StreamLine {
  const backlog = createBacklog(cut)
  return {
    write(event, id, data, retry) {
      const text = JSON.stringify(data)
      const bytes = Buffer.byteLength(text)
      if (!backlog.add(bytes)) return
      void stream.writeSSE({ event, id, data: text, ...(retry && { retry }) }).then(() => backlog.taken(bytes))
    },
    hasRoom: backlog.hasRoom,
    room: backlog.room,
    end,
  }
}

function beating(stream: SSEStreamingApi, everyMs: number, cut: () => void): NodeJS.Timeout {
  let isTaken = true
  return setInterval(() => {
    if (!isTaken) return cut()
    isTaken = false
    void stream.write(': still here\n\n').then(() => {
      isTaken = true
    })
  }, everyMs)
}
