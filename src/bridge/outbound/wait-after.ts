import type { LinkChange } from '../links/lease.ts'
import type { Link } from '../links/link.ts'
import type { DeliverDeps, Step } from './step.ts'

export const countFailure: LinkChange = { $inc: { 'outbound.failures': 1 } }

export const forgetCall: LinkChange = { ...countFailure, $set: { 'outbound.inflight': null } }

/** Writes a change down and goes on after a time. */
export async function waitAfter(deps: DeliverDeps, link: Link, inMs: number, change: LinkChange): Promise<Step> {
  const waiting = await deps.leases.update(link, 'outbound', change)
  if (!waiting) return { kind: 'lost' }
  return inMs > 0 ? { kind: 'wait', link: waiting, until: deps.now() + inMs } : { kind: 'more', link: waiting }
}
