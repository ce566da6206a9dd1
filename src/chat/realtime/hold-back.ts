import type { Pace } from './pace.ts'
import type { ChatSocket } from './socket.ts'

interface Pausable {
  pause(): void
  resume(): void
}

const isPausable = (value: unknown): value is Pausable =>
  typeof value === 'object' &&
  value !== null &&
  'pause' in value &&
  typeof value.pause === 'function' &&
  'resume' in value &&
  typeof value.resume === 'function'

/** Reading and parsing cost as well. */
const bytesPerUnit = 2_000

/**
 * Reads no faster from a connection than it may ask: what is sent beyond that stays on the line, so that whoever floods fills
 * their own buffers, and neither our memory nor the time of others.
 */
export function holdBack(conn: Pick<ChatSocket['conn'], 'on' | 'request'>, pace: Pace): void {
  const line: unknown = 'websocket' in conn.request ? conn.request.websocket : null
  if (!isPausable(line)) return
  let waiting: NodeJS.Timeout | undefined
  const wait = () => {
    const owedMs = pace.owedMs()
    waiting = owedMs > 0 ? setTimeout(wait, owedMs) : undefined
    if (!waiting) line.resume()
  }
  conn.on('packet', ({ data }: { data?: unknown }) => {
    pace.take(1 + (typeof data === 'string' ? data.length : 0) / bytesPerUnit)
    if (waiting || pace.owedMs() === 0) return
    line.pause()
    wait()
  })
  // A farewell that is not read would keep the line, and a stop, waiting.
  conn.on('close', () => {
    clearTimeout(waiting)
    line.resume()
  })
}
