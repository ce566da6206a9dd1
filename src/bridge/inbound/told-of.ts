import type { Arrival, Told } from '../port.ts'
import type { SaidOutcome } from './say.ts'

/** What the author of an arrival is to see, now that it has become `outcome`. Null: nothing; it was not for the customer. */
export function toldOf(arrival: Arrival, outcome: string): Told | null {
  switch (arrival.kind) {
    case 'message':
    case 'edit':
      return arrival.internal ? null : ofSaid(outcome)
    case 'pass':
      return arrival.unheard ?? null
    case 'delete':
    case 'note':
    case 'own':
      return null
  }
}

const ofOutcome: Readonly<Record<Extract<SaidOutcome, 'posted' | `p${string}`>, Told>> = {
  posted: 'heard',
  'posted without a file': 'a file',
  'passed: empty': 'empty',
}

/** An edit that went through leaves its message's mark as it is. */
function ofSaid(outcome: string): Told | null {
  if (outcome.startsWith('refused: ')) return 'refused'
  return new Map<string, Told>(Object.entries(ofOutcome)).get(outcome) ?? null
}
