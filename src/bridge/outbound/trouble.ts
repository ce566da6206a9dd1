import type { Trouble } from '../links/held-up.ts'
import type { Link } from '../links/link.ts'
import { RemoteFailure } from '../port/failure.ts'
import { failuresToTell } from './out-of-reach.ts'
import type { DeliverDeps } from './step.ts'

const longestText = 300

/**
 * What is kept of an error for whoever asks. What a remote refuses for its content it may quote, so of that only the
 * remote's own word is kept; what nobody foresaw may say anything.
 */
export function troubleOf(error: unknown, at: number): Trouble {
  if (!(error instanceof RemoteFailure))
    return { kind: 'ambiguous', code: null, text: 'an unexpected error; see the log', at }
  const { failure, message, code = null } = error
  const text = failure.kind === 'refused' ? 'its content was refused' : message.slice(0, longestText)
  return { kind: failure.kind, code, text, at }
}

/** Since when somebody has to look; it stays as it was while they have to. */
export const stuckFrom = ({ outbound }: Link, now: number) => ({
  'outbound.stuck': true,
  'outbound.stuckSince': outbound.stuck ? (outbound.stuckSince ?? now) : now,
})

/** What was isolated stays in sight when the rest has gone through. */
export const mended = ({ outbound }: Link) => ({
  'outbound.trouble': null,
  ...(outbound.stuck && !outbound.isolated && { 'outbound.stuck': false }),
})

/** Writes down what a call or a look ran into. Null: the lease was lost. */
export async function noteTrouble(deps: DeliverDeps, link: Link, error: unknown): Promise<Link | null> {
  const trouble = troubleOf(error, deps.now())
  await deps.destinations.failed(link.destination, trouble)
  const isVain = link.outbound.failures + 1 >= failuresToTell || isForSomebody(error)
  return deps.leases.update(link, 'outbound', {
    $set: { 'outbound.trouble': trouble, ...(isVain && stuckFrom(link, deps.now())) },
  })
}

/** It concerns this chat alone, and does not pass by itself. */
const isForSomebody = (error: unknown): boolean =>
  error instanceof RemoteFailure && error.failure.kind === 'halted' && error.failure.scope === 'link'
