import { type Backlog, createBacklog } from './backlog.ts'
import type { ChatSocket } from './socket.ts'

/** What waits for a socket. Too much ends its line at once: a farewell would wait behind all the rest. */
export function socketBacklog({ conn, request }: Pick<ChatSocket, 'conn' | 'request'>): Backlog {
  const backlog = createBacklog(() => request.socket.destroy())
  let queued = 0
  let onItsWay = 0
  conn.on('packetCreate', ({ data }: { data?: unknown }) => {
    const bytes = typeof data === 'string' ? Buffer.byteLength(data) : 0
    if (backlog.add(bytes)) queued += bytes
  })
  // Handed to the transport, which takes no more until the kernel has all of this.
  conn.on('flush', () => {
    onItsWay = queued
    queued = 0
  })
  conn.transport.on('drain', () => {
    backlog.taken(onItsWay)
    onItsWay = 0
  })
  return backlog
}
