import { createHmac } from 'node:crypto'

/** How Slack signs a body. `at`: epoch ms. */
export function signature({ secret, body, at }: { secret: string; body: string; at: number }): Record<string, string> {
  const timestamp = String(Math.floor(at / 1_000))
  const hash = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${hash}` }
}
