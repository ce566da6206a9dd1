import { createHttp } from '../core/line/http.ts'
import { createSocketLine } from '../core/line/socket-line.ts'
import { isUnauthorized, later, withFallBack } from '../core/line/socket-transport.ts'
import { createStreamLine } from '../core/line/stream-line.ts'
import type { Line } from '../core/line/transport.ts'
import { createTeamStreamLine } from './team-stream-line.ts'
import type { AgentTokens } from './tokens.ts'

/** An agent's connections, which show a token that is good at the time whenever they come back. */
export interface AgentLines {
  /** For one chat. */
  chat(): Line
  /** For what agents are told outside of a chat. */
  team(): Line
}

/** Over WebSocket, and by streams where none gets through. */
export function createAgentLines(url: string, tokens: AgentTokens): AgentLines {
  const ways = {
    url,
    token: () => tokens.current().catch(() => ''),
    isRefused(data: unknown) {
      if (isUnauthorized(data)) tokens.doubt()
      return tokens.areOver()
    },
    later,
    random: Math.random,
  }
  const { call } = createHttp(url)
  // What was in the way of one is in the way of the next: nobody waits for that again with each chat.
  let isBlocked = false
  const either = (stream: () => Line): Line => {
    if (isBlocked) return stream()
    return withFallBack(url, createSocketLine(ways), async () => {
      isBlocked = true
      return stream()
    })
  }
  return {
    chat: () => either(() => createStreamLine({ ...ways, call })),
    team: () => either(() => createTeamStreamLine(ways)),
  }
}
