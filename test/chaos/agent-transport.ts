import { io } from 'socket.io-client'
import { createHttp } from '../../clients/core/http.ts'
import { lineOver } from '../../clients/core/socket-transport.ts'
import type { Transport } from '../../clients/core/transport.ts'

/** An agent's way to the chat, with a new token for each connection: theirs live for an hour. */
export function createAgentTransport(url: string, tokenNow: () => Promise<string>): Transport {
  return {
    ...createHttp(url),
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
      return lineOver(socket, () => false)
    },
  }
}
