import { io } from 'socket.io-client'
import type { Answer, Transport } from '../../clients/core/transport.ts'

/** An agent's way to the chat, with a new token for each connection: theirs live for an hour. */
export function createAgentTransport(url: string, tokenNow: () => Promise<string>): Transport {
  return {
    start: () => Promise.reject(new Error('agents start no chats')),
    connect() {
      const socket = io(url, {
        auth: (give) =>
          void tokenNow().then(
            (token) => give({ token }),
            () => give({ token: 'none yet' }),
          ),
        transports: ['websocket'],
        reconnectionDelay: 300,
        reconnectionDelayMax: 2_000,
        forceNew: true,
      })
      return {
        on: (event, listener) => void socket.on(event as string, listener as (...args: unknown[]) => void),
        onUp: (listener) => void socket.on('connect', listener),
        onDown(listener) {
          socket.on('disconnect', (reason) => {
            listener(false)
            if (reason === 'io server disconnect') socket.connect()
          })
          socket.on('connect_error', () => {
            listener(false)
            if (!socket.active) setTimeout(() => socket.connect(), 500)
          })
        },
        ask: async (event, payload) => (await socket.timeout(8_000).emitWithAck(event, payload)) as Answer,
        close: () => void socket.close(),
      }
    },
  }
}
