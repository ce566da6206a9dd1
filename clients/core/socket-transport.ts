import { createEitherLine } from './either-line.ts'
import { createHttp } from './http.ts'
import { createSocketLine } from './socket-line.ts'
import type { Transport } from './transport.ts'

/** Whether the token that was shown is not accepted. */
export const isUnauthorized = (data: unknown): boolean => Object(data).code === 'unauthorized'

/** Socket.io over WebSocket, a stream of server-sent events where that does not get through, and fetch for the rest. */
export function createSocketTransport(url: string): Transport {
  const http = createHttp(url)
  return {
    ...http,
    connect(token) {
      const first = createSocketLine({ url, token, isRefused: isUnauthorized, later, random: Math.random })
      if (!canStream()) return first
      return createEitherLine({
        first,
        onThrough: first.onThrough,
        // Most browsers never load it.
        async second() {
          const { createStreamLine } = await import('./stream-line.ts')
          return createStreamLine({ url, token, call: http.call, later, random: Math.random })
        },
        isReachable: () => isReachable(url),
        later,
      })
    },
  }
}

/** React Native's own `fetch` hands over a body only when it is whole. */
const canStream = (): boolean => typeof Response !== 'undefined' && 'body' in Response.prototype

const later = (task: () => void, ms: number) => {
  const timer = setTimeout(task, ms)
  return () => clearTimeout(timer)
}

/** Whatever it answers. */
const isReachable = (url: string): Promise<boolean> =>
  fetch(`${url}/healthz`, { method: 'HEAD', mode: 'no-cors', cache: 'no-store' }).then(
    () => true,
    () => false,
  )
