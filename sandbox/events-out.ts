import { setTimeout as wait } from 'node:timers/promises'
import type { Faults } from './faults.ts'

export interface OutgoingEvent {
  /** For faults: what kind of event it is. */
  name: string
  body: string
  headers(attempt: number, reason: string): Record<string, string>
}

/** Sends events as a vendor does: signed, with a time-out, again after failures, and through the faults that are on. */
export function createEventsOut(options: {
  url: () => string | undefined
  /** A way that goes before it while there is one. */
  elsewhere?(event: OutgoingEvent, attempt: number, reason: string): Promise<number | 'timeout' | 'error'> | null
  faults: Faults
  timeoutMs: number
  /** Waits before each further attempt. `null`: this status is not tried again. */
  retryAfter(attempt: number, status: number | 'timeout' | 'error'): number | null
}) {
  const stopping = new AbortController()
  let held: OutgoingEvent | null = null
  const underWay = new Set<Promise<void>>()

  const attempt = async (
    event: OutgoingEvent,
    number: number,
    reason: string,
  ): Promise<number | 'timeout' | 'error'> => {
    const elsewhere = options.elsewhere?.(event, number, reason)
    if (elsewhere) return elsewhere
    const url = options.url()
    if (!url) return 200
    try {
      const signal = AbortSignal.any([AbortSignal.timeout(options.timeoutMs), stopping.signal])
      const response = await fetch(url, {
        method: 'POST',
        body: event.body,
        headers: event.headers(number, reason),
        signal,
      })
      await response.arrayBuffer()
      return response.status
    } catch (error) {
      return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'error'
    }
  }

  const deliver = async (event: OutgoingEvent) => {
    let reason = ''
    for (let number = 0; !stopping.signal.aborted; number += 1) {
      const result = await attempt(event, number, reason)
      if (typeof result === 'number' && result < 300) return
      const waitMs = options.retryAfter(number, result)
      if (waitMs === null) return
      reason = result === 'timeout' ? 'http_timeout' : result === 'error' ? 'connection_failed' : 'http_error'
      await wait(waitMs, undefined, { signal: stopping.signal, ref: false }).catch(() => {})
    }
  }

  const start = (event: OutgoingEvent) => {
    const run = deliver(event)
    underWay.add(run)
    void run.finally(() => underWay.delete(run))
  }

  return {
    send(event: OutgoingEvent) {
      const rule = options.faults.take(
        ['duplicate_event', 'reorder_event', 'drop_event', 'delay_event'],
        event.name,
        event.body,
      )
      if (rule?.kind === 'drop_event') return
      if (rule?.kind === 'delay_event') {
        setTimeout(() => start(event), rule.ms).unref()
        return
      }
      if (rule?.kind === 'reorder_event') {
        held = event
        return
      }
      start(event)
      if (rule?.kind === 'duplicate_event') start(event)
      if (held) start(held)
      held = null
    },
    async stop() {
      stopping.abort()
      await Promise.all(underWay)
    },
  }
}
