import { isRefusal, lineOver, openSocket } from '../core/socket-transport.ts'
import type { Line } from '../core/transport.ts'
import type { AgentTokens } from './tokens.ts'

/** An agent's connection, which shows a token that is good at the time whenever it comes back. */
export function createAgentLine(url: string, tokens: AgentTokens): Line {
  const show = (shown: (auth: { token: string }) => void) =>
    void tokens.current().then(
      (token) => shown({ token }),
      () => shown({ token: '' }),
    )
  return lineOver(openSocket(url, show), (error) => {
    if (isRefusal(error)) tokens.doubt()
    return tokens.areOver()
  })
}
