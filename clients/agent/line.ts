import { createSocketLine } from '../core/socket-line.ts'
import { isUnauthorized } from '../core/socket-transport.ts'
import type { Line } from '../core/transport.ts'
import type { AgentTokens } from './tokens.ts'

/** An agent's connection, which shows a token that is good at the time whenever it comes back. */
export const createAgentLine = (url: string, tokens: AgentTokens): Line =>
  createSocketLine({
    url,
    token: () => tokens.current().catch(() => ''),
    isRefused(data) {
      if (isUnauthorized(data)) tokens.doubt()
      return tokens.areOver()
    },
    later: (task, ms) => void setTimeout(task, ms),
    random: Math.random,
  })
