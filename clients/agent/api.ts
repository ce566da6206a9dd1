import type { CannedPage, ShownCanned } from '../../src/contract/canned.ts'
import type { HistoryPage } from '../../src/contract/chat.ts'
import type { AgentTokens } from './tokens.ts'

/** What an agent does outside the chat's own line. All methods reject with an `ApiError`. */
export interface AgentApi {
  /** The messages of a chat before a position. */
  before(sessionId: string, seq: number): Promise<HistoryPage>
  reopen(sessionId: string): Promise<void>
  /** Those of an inbox that match, by name. */
  findCanned(inbox: string, words: string): Promise<ShownCanned[]>
  /** Its text as this chat fills it in. */
  renderCanned(id: string, sessionId: string): Promise<string>
}

/** `message` is for people. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.code = code
  }
}

const mostShown = 20

export function createAgentApi(url: string, tokens: AgentTokens): AgentApi {
  const call = async (method: 'GET' | 'POST', path: string, body?: object): Promise<unknown> => {
    const token = await tokens.current().catch(unreachable)
    const response = await fetch(`${url}/api/chat${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    }).catch(unreachable)
    const answer: unknown = await response.json().catch(() => null)
    if (!response.ok) throw refusalIn(answer)
    return answer
  }

  return {
    before: async (sessionId, seq) =>
      (await call('GET', `/sessions/${sessionId}/messages?before=${seq}`)) as HistoryPage,
    async reopen(sessionId) {
      await call('POST', `/sessions/${sessionId}/reopen`, {})
    },
    async findCanned(inbox, words) {
      const query = new URLSearchParams({ inbox, limit: String(mostShown), ...(words !== '' && { q: words }) })
      return ((await call('GET', `/canned?${query}`)) as CannedPage).responses
    },
    async renderCanned(id, sessionId) {
      return ((await call('POST', `/canned/${id}/render`, { sessionId })) as { text: string }).text
    },
  }
}

const unreachable = (): never => {
  throw new ApiError('unreachable', 'No connection. Try again in a moment.')
}

function refusalIn(answer: unknown): ApiError {
  const { error } = (answer ?? {}) as { error?: { code?: string; message?: string } }
  return new ApiError(error?.code ?? 'unavailable', error?.message ?? 'That did not work. Try again in a moment.')
}
