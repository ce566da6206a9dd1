import type { ChatSocket } from './socket.ts'

/** What may wait for a reader who takes nothing off the line. Cut off, they come back and read on from where they are. */
const mostWaiting = 1_000_000

/** Ends the connection of a reader for whom too much waits, before it fills the memory. */
export function cutWhenSlow({ conn }: Pick<ChatSocket, 'conn'>): void {
  let waiting = 0
  conn.on('packetCreate', ({ data }: { data?: unknown }) => {
    waiting += typeof data === 'string' ? data.length : 0
    if (waiting > mostWaiting) conn.close(true)
  })
  // Handed to the transport, which takes no more until this is on the line.
  conn.on('flush', () => {
    waiting = 0
  })
}
