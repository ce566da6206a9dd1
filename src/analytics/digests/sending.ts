import type { Digest } from '../../contract/analytics.ts'
import { nextDue } from './next-due.ts'

/** How the digest of a view stands. */
export interface Sending {
  /** When it is to be sent next; null: nobody wants it. */
  dueAt: Date | null
  claim: Claim | null
  /** Whom it was given to, or was about to be, of the one that is due. */
  given: Given[]
  /** How often the one that is due could not be given to all. */
  failures: number
  /** When it was tried first; null: it did not fail. */
  failingSince: Date | null
  /** What became of the newest. */
  last: { at: Date; problem: string | null } | null
}

/** Nobody else sends it until then. `rests`: nobody at all, after a failure. */
export interface Claim {
  token: string
  until: Date
  rests: boolean
}

/** `begun`: it is being given, or whoever did so ended without a word. */
export interface Given {
  to: string
  state: 'begun' | 'taken' | 'refused' | 'unsure'
  problem: string | null
}

/** From the beginning. `now`: epoch ms. */
export const sendingFrom = (digest: Digest | null, last: Sending['last'], now: number): Sending => ({
  dueAt: digest && nextDue(digest, new Date(now)),
  claim: null,
  given: [],
  failures: 0,
  failingSince: null,
  last,
})
