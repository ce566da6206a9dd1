import { createHmac, randomUUID } from 'node:crypto'
import { createEventsOut } from '../events-out.ts'
import type { Faults } from '../faults.ts'
import type { Rules, Webhook } from './rules.ts'

/** The account's webhooks: each is signed with its own secret, tried again on its own, and silent while it is inactive. */
export function createWebhooksOut(deps: { rules: Rules; faults: Faults; factor: number; now(): number }) {
  const { rules, faults, factor, now } = deps
  const outs = new Map<string, ReturnType<typeof createEventsOut>>()

  const open = (id: string) =>
    createEventsOut({
      url: () => rules.webhooks.get(id)?.endpoint,
      faults,
      timeoutMs: 12_000,
      retryAfter: (attempt, status) => {
        if (status === 409) return attempt < 3 ? 2_000 * factor : null
        if (status === 'timeout' || status === 'error') return attempt < 5 ? 5_000 * factor : null
        return null
      },
    })
  const outOf = (id: string) => {
    const out = outs.get(id) ?? open(id)
    outs.set(id, out)
    return out
  }
  const send = ({ id, status, secret }: Webhook, body: string) => {
    if (status === 'active') outOf(id).send({ name: 'event', body, headers: () => signed(secret, body, now()) })
  }

  return {
    /** To everyone who has subscribed to the event. */
    tell(type: string, body: string) {
      for (const webhook of rules.webhooks.values()) if (webhook.subscriptions.includes(type)) send(webhook, body)
    },
    /** By a trigger. */
    ring(id: string, body: string) {
      const webhook = rules.webhooks.get(id)
      if (webhook) send(webhook, body)
    },
    async stop() {
      await Promise.all([...outs.values()].map((out) => out.stop()))
    },
  }
}

function signed(secret: string, body: string, at: number): Record<string, string> {
  const timestamp = new Date(at).toISOString()
  return {
    'content-type': 'application/json',
    'x-zendesk-webhook-signature-timestamp': timestamp,
    'x-zendesk-webhook-signature': createHmac('sha256', secret)
      .update(timestamp + body)
      .digest('base64'),
    'x-zendesk-webhook-invocation-id': randomUUID(),
  }
}
