/** What opens the service for an agent; `expiresAt` as ISO 8601. */
export interface AgentToken {
  token: string
  expiresAt: string
}

/** A token that is good for a while yet, whenever one is asked for. */
export interface AgentTokens {
  /** Rejects where none is to be had now. */
  current(): Promise<string>
  /** It was not accepted: the next one is asked for anew. */
  doubt(): void
  /** Whether the service has said that there are no more: the agent has to sign in again. */
  areOver(): boolean
}

/** A token is renewed while there is time to try again. ms */
const early = 120_000

export function createAgentTokens(deps: {
  first: AgentToken
  /** Null: the service gives no more. Rejects when it did not answer. */
  renew(token: string): Promise<AgentToken | null>
  now(): number
}): AgentTokens {
  let kept = deps.first
  let over = false
  let isDoubted = false
  let asking: Promise<void> | null = null

  const msLeft = () => Date.parse(kept.expiresAt) - deps.now()
  const renew = async () => {
    const next = await deps.renew(kept.token)
    if (next) kept = next
    else over = true
    isDoubted = false
  }

  return {
    doubt() {
      isDoubted = true
    },
    areOver: () => over,
    async current() {
      if (over || (msLeft() > early && !isDoubted)) return kept.token
      asking ??= renew().finally(() => {
        asking = null
      })
      // One that still holds will do while the service is away.
      await asking.catch((error: unknown) => {
        if (msLeft() <= 0) throw error
      })
      return kept.token
    },
  }
}
