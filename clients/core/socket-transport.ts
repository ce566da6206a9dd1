import { io } from 'socket.io-client'
import type { StartedSession } from '../../src/contract/chat.ts'
import type { Answer, Transport } from './transport.ts'

const answerWithinMs = 8_000

const isRefusal = (error: Error): boolean =>
  'data' in error &&
  typeof error.data === 'object' &&
  error.data !== null &&
  'code' in error.data &&
  error.data.code === 'unauthorized'

/** Socket.io over WebSocket, and fetch for what comes before it. */
export function createSocketTransport(url: string): Transport {
  return {
    async start(input, earlier) {
      const response = await fetch(`${url}/api/chat/sessions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(earlier && { authorization: `Bearer ${earlier}` }) },
        body: JSON.stringify(input),
      })
      if (!response.ok) throw new Error(`the chat could not be started (${response.status})`)
      return (await response.json()) as StartedSession
    },
    connect(token) {
      const socket = io(url, {
        auth: { token },
        transports: ['websocket'],
        reconnectionDelay: 300,
        reconnectionDelayMax: 5_000,
        forceNew: true,
      })
      return {
        on: (event, listener) => void socket.on(event as string, listener as (...args: unknown[]) => void),
        onUp: (listener) => void socket.on('connect', listener),
        onDown(listener) {
          socket.on('disconnect', (reason) => {
            listener(false)
            // The server ends connections when it stops; another one takes over.
            if (reason === 'io server disconnect') socket.connect()
          })
          socket.on('connect_error', (error) => {
            listener(isRefusal(error))
            if (!socket.active && !isRefusal(error)) setTimeout(() => socket.connect(), 2_000)
          })
        },
        ask: async (event, payload) => (await socket.timeout(answerWithinMs).emitWithAck(event, payload)) as Answer,
        close: () => void socket.close(),
      }
    },
  }
}
