/** Whoever posts rubbish must not make us ask for each of it. ms */
const leastBetween = 60_000

/** With what Zendesk signs its calls; null: the account has no webhook to here. */
export interface WebhookSecret {
  known(): Promise<string | null>
  /** When a call's signature does not fit: another one, if there is one since. Null: there is not. */
  renewed(): Promise<string | null>
}

/** The configured one, or the one that the account itself tells, which follows when it is changed there. */
export function createWebhookSecret(deps: {
  configured: string | undefined
  ask(): Promise<string | null>
  now(): number
}): WebhookSecret {
  const { configured, ask, now } = deps
  if (configured !== undefined) return { known: async () => configured, renewed: async () => null }
  let kept: string | null = null
  let askedAt = Number.NEGATIVE_INFINITY

  const renew = async () => {
    const before = kept
    askedAt = now()
    kept = await ask()
    return kept === before ? null : kept
  }
  const mayAsk = () => Math.abs(now() - askedAt) >= leastBetween

  return {
    async known() {
      if (kept === null && mayAsk()) await renew()
      return kept
    },
    renewed: async () => (mayAsk() ? renew() : null),
  }
}
