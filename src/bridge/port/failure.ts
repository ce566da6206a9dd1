import type { Remote } from './call.ts'

/** Where a chat goes on, as its link then remembers it. */
export interface Move {
  remote: Remote
  /** If another chat has that thread. */
  otherwise?: Remote
  /** People could write in the thread until just now: it is read to its end before it is left. */
  readFirst?: true
  /** Its readers do not see the thread that is left: what people wrote there and the cursor has not passed is brought as well. */
  unseen?: true
}

/** What happened to a call, said by the connector; the outcomes table says what follows. */
export type Failure =
  /** It had no effect; try again later. */
  | { kind: 'transient' }
  /** It had no effect; the limit `scope` is used up for `afterMs`. */
  | { kind: 'limited'; scope: 'link' | 'destination'; afterMs: number }
  /** It may have had an effect: look before anything else. */
  | { kind: 'ambiguous' }
  /** It had no effect and cannot have one as it is: form it again elsewhere. */
  | ({ kind: 'repair' } & Move)
  /** Nobody can call until an administrator acts (revoked token, archived channel). `scope`: others are not concerned. */
  | { kind: 'halted'; scope?: 'link' }
  /** The remote refuses this content for good. */
  | { kind: 'refused' }

export class RemoteFailure extends Error {
  readonly failure: Failure
  /** The remote's own word for it, where it has one. */
  readonly code: string | undefined

  constructor(failure: Failure, message: string, options: { cause?: unknown; code?: string } = {}) {
    super(message, { cause: options.cause })
    this.code = options.code
    this.name = 'RemoteFailure'
    this.failure = failure
  }
}
