import { createHttp } from '../../clients/core/line/http.ts'
import { createSocketLine } from '../../clients/core/line/socket-line.ts'
import type { Transport } from '../../clients/core/line/transport.ts'

/** An agent's way to the chat, with a new token for each connection: theirs live for an hour. */
export function createAgentTransport(url: string, tokenNow: () => Promise<string>): Transport {
  return {
    ...createHttp(url),
    connect: () =>
      createSocketLine({
        url,
        token: () => tokenNow().catch(() => 'none yet'),
        isRefused: () => false,
        later: (task, ms) => void setTimeout(task, ms),
        random: Math.random,
      }),
  }
}
