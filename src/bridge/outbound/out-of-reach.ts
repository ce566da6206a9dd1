import type { Link } from '../links/link.ts'
import type { Failure } from '../port/failure.ts'
import type { DeliverDeps } from './step.ts'

/** Failures of a chat in a row after which somebody has to know: some minutes. */
export const failuresToTell = 8

/** Tells of a destination that gives no answers, once, until something goes through there again. It is not paused: it is asked by itself. */
export async function tellOutOfReach(
  deps: Pick<DeliverDeps, 'destinations' | 'logger'>,
  { destination, outbound }: Link,
  { kind }: Failure,
  reason: string,
): Promise<void> {
  const isSilent = kind === 'transient' || kind === 'ambiguous'
  if (!isSilent || outbound.failures + 1 !== failuresToTell) return
  if (await deps.destinations.halt(destination, 0, { reason, unreachable: true }))
    deps.logger.error(
      { destination, reason },
      'destination out of reach: nothing is lost, and it is tried again by itself',
    )
}
