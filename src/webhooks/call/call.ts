import type { EndpointHeaders } from '../../contract/webhook-headers.ts'
import { version } from '../../platform/version.ts'
import { type Allowed, readTarget } from './address.ts'
import type { Answer } from './answer.ts'
import { createDeadlines } from './deadlines.ts'
import { createDialler } from './dial.ts'
import { exchange } from './exchange.ts'
import { headersOf } from './headers.ts'
import { createResolve, type Resolve } from './resolve.ts'
import { type SigningKey, sign } from './sign.ts'
import type { Unreachable } from './unreachable.ts'

/** One attempt. `id` names the event to its receiver and stays over all attempts; `body` is JSON. */
export interface WebhookCall {
  url: string
  id: string
  body: Uint8Array
  /** Of all secrets in force: `signingKeys`. */
  keys: readonly SigningKey[]
  headers: EndpointHeaders
}

/** What became of it. `ms`: how long it took. */
export type CallResult =
  | ({ kind: 'answered'; ms: number } & Answer)
  | { kind: 'unreachable'; why: Unreachable; ms: number }

export interface Caller {
  /** Takes `deadlineMs` at most, whatever the remote does, and throws for nothing that it does. */
  call(webhook: WebhookCall): Promise<CallResult>
  /** Ends every connection, and with it every call that is under way. */
  close(): void
}

/** Connecting, headers and body together; Standard Webhooks advises 15 to 30 s. */
const deadline = 15_000

export function createCaller(deps: {
  allowed: Allowed
  now(): number
  resolve?: Resolve
  deadlineMs?: number
}): Caller {
  const { allowed, now, resolve = createResolve(allowed), deadlineMs = deadline } = deps
  const dialler = createDialler({ allowed, resolve })
  const deadlines = createDeadlines(deadlineMs)

  return {
    async call({ url, id, body, keys, headers }) {
      const startedAt = now()
      const signature = sign({ id, timestamp: Math.floor(startedAt / 1_000), body }, keys)
      const target = readTarget(url, allowed)
      if (target.kind === 'bad') return { kind: 'unreachable', why: target.why, ms: 0 }
      const all = headersOf(headers, { ...signature, ...said(body) })
      const exchanged = await deadlines.within((signal) =>
        exchange(dialler, target.url, { headers: all, body, signal }),
      )
      return { ...exchanged, ms: now() - startedAt }
    },
    close() {
      deadlines.stop()
      dialler.close()
    },
  }
}

const said = (body: Uint8Array) => ({
  'content-type': 'application/json',
  'content-length': String(body.byteLength),
  'accept-encoding': 'identity',
  'user-agent': `Deskbridge-Webhooks/${version}`,
})
