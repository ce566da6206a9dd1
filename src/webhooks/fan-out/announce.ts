import type { LogEvent } from '../../contract/event.ts'
import type { SessionId } from '../../contract/ids.ts'
import { createRounds } from '../../platform/rounds.ts'
import type { Doorbell } from '../doorbell.ts'
import type { KnownEndpoints } from '../endpoints/known.ts'
import { webhookTypeOf } from '../events/type-of.ts'

export interface Announcer {
  announce(event: LogEvent): void
  /** Waits until everything announced so far was rung. */
  settled(): Promise<void>
}

/** Collects the chats in which something was committed while the last round was under way. What is lost here the sweeps find. */
export function createAnnouncer(deps: {
  known: Pick<KnownEndpoints, 'on'>
  doorbell: Doorbell
  onError(error: unknown): void
}): Announcer {
  const { known, doorbell, onError } = deps
  const rounds = createRounds<SessionId, null>({
    async run(chats) {
      if ((await known.on()).length > 0)
        await doorbell.ring([...chats.keys()].map((session) => ({ kind: 'fan_out', session })))
    },
    merge: () => null,
    onError,
  })
  return {
    announce(event) {
      if (webhookTypeOf(event) !== null) rounds.put([[event.session, null]])
    },
    settled: rounds.settled,
  }
}
