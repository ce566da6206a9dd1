import { createEitherLine } from './either-line.ts'
import { createHttp } from './http.ts'
import { createSocketLine, type SocketLine } from './socket-line.ts'
import type { Line, Transport } from './transport.ts'

/** Whether the token that was shown is not accepted. */
export const isUnauthorized = (data: unknown): boolean => Object(data).code === 'unauthorized'

/** Socket.io over WebSocket, a stream of server-sent events where that does not get through, and fetch for the rest. */
export function createSocketTransport(url: string): Transport {
  const http = createHttp(url)
  return {
    ...http,
    connect(token) {
      const ways = { url, token, isRefused: isUnauthorized, later, random: Math.random }
      return withFallBack(url, createSocketLine(ways), async () => {
        // Most browsers never load it.
        const { createStreamLine } = await import('./stream-line.ts')
        return createStreamLine({ ...ways, call: http.call })
      })
    },
  }
}

/** The socket, or what `second` opens where no WebSocket gets through. */
export const withFallBack = (url: string, first: SocketLine, second: () => Promise<Line>): Line =>
  canStream()
    ? createEitherLine({ first, onThrough: first.onThrough, second, isReachable: () => isReachable(url), later })
    : first

/** React Native's own `fetch` hands over a body only when it is whole. */
const canStream = (): boolean => typeof Response !== 'undefined' && 'body' in Response.prototype

export const later = (task: () => void, ms: number) => {
  const timer = setTimeout(task, ms)
  return () => clearTimeout(timer)
}

/** Whatever it answers. */
const isReachable = (url: string): Promise<boolean> =>
  fetch(`${url}/healthz`, { method: 'HEAD', mode: 'no-cors', cache: 'no-store' }).then(
    () => true,
    () => false,
  )
