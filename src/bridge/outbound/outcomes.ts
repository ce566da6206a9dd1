import type { Failure, Move } from '../port/failure.ts'

/** What follows from a failed call. Times in ms from now. */
export type Consequence =
  /** It had no effect: forget the call, form another one later, in `move` if it goes on elsewhere; `tell` as below. */
  | { kind: 'form_again'; inMs: number; move?: Move; tell?: true }
  /** Nobody calls this destination for a while; `tell`: the administrator has to act. */
  | { kind: 'pause_destination'; inMs: number; tell: boolean }
  /** It may have had an effect: the call stays frozen and is looked up. */
  | { kind: 'settle'; inMs: number }
  /** The remote refuses the content: find the event that it is about. */
  | { kind: 'isolate' }

/** Repairs in a row that may follow at once; more of them are a loop and wait as any failure does. */
const repairsAtOnce = 3

/** The one table from what a connector says to what the drain does. `retryMs`: the delay for this many failures in a row. */
export function consequenceOf(failure: Failure, failures: number, retryMs: number): Consequence {
  switch (failure.kind) {
    case 'transient':
      return { kind: 'form_again', inMs: retryMs }
    case 'limited':
      return failure.scope === 'link'
        ? { kind: 'form_again', inMs: failure.afterMs }
        : { kind: 'pause_destination', inMs: failure.afterMs, tell: false }
    case 'ambiguous':
      return { kind: 'settle', inMs: retryMs }
    case 'repair': {
      const { kind: _kind, ...move } = failure
      return { kind: 'form_again', inMs: failures < repairsAtOnce ? 0 : retryMs, move }
    }
    case 'halted':
      if (failure.scope === 'link') return { kind: 'form_again', inMs: retryMs, tell: true }
      return { kind: 'pause_destination', inMs: retryMs, tell: true }
    case 'refused':
      return { kind: 'isolate' }
  }
}
