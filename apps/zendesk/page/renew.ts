import type { AgentToken } from '../../../clients/agent/tokens.ts'

/** The next token for one that is about to end; null: this page's sign-in is over. */
export async function renewToken(url: string, token: string): Promise<AgentToken | null> {
  const response = await fetch(`${url}/connectors/zendesk/sidebar/token`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  })
  if (response.ok) return (await response.json()) as AgentToken
  if (response.status === 401) return null
  throw new Error(`no token (${response.status})`)
}
