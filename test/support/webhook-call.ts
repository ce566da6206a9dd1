import { expect, onTestFinished } from 'vitest'
import { EndpointHeaders } from '../../src/contract/webhook-headers.ts'
import { readAllowed } from '../../src/webhooks/call/address.ts'
import { type Caller, createCaller, type WebhookCall } from '../../src/webhooks/call/call.ts'
import { makeSecret } from '../../src/webhooks/call/secrets.ts'
import { signingKeyOf } from '../../src/webhooks/call/sign.ts'
import type { Remote } from './webhook-remote.ts'

export const { secret } = makeSecret('v1', () => Buffer.alloc(32, 1))

/** May call this machine, where every name is. Closed with the test. */
export function aCaller(deadlineMs = 10_000): Caller {
  const caller = createCaller({
    allowed: readAllowed(['127.0.0.1']),
    now: Date.now,
    resolve: async () => ['127.0.0.1'],
    deadlineMs,
  })
  onTestFinished(() => caller.close())
  return caller
}

export const aCall = (url: string, more: Partial<WebhookCall> = {}): WebhookCall => ({
  url,
  id: 'evt_1',
  body: Buffer.from('{"type":"message"}'),
  keys: [signingKeyOf(secret)],
  headers: EndpointHeaders.parse([]),
  ...more,
})

export const to = ({ port }: Remote) => `http://hooks.example:${port}/hook?a=b`

export const answered = (more: object) => ({
  kind: 'answered',
  status: 200,
  headers: expect.any(Array),
  body: '',
  truncated: false,
  ms: expect.any(Number),
  ...more,
})
export const unreachable = (why: string) => ({ kind: 'unreachable', why, ms: expect.any(Number) })
