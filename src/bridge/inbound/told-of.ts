import type { Arrival, Told } from '../port/arrival.ts'
import type { SaidOutcome } from './say.ts'

/**
 * What the author of an arrival is to see, now that it has become `outcome`. `before`: what they were told of it without
 * fail, the latest last. Null: nothing; it was not for the customer, or they see it already.
 */
export function toldOf(arrival: Arrival, outcome: string, before: readonly Told[]): Told | null {
  switch (arrival.kind) {
    case 'message':
    case 'edit':
      return arrival.internal ? null : ofSaid(outcome, before)
    case 'pass':
      return arrival.unheard ?? null
    case 'delete':
    case 'note':
    case 'own':
      return null
  }
}

/** What is told of a message that is in the chat of somebody who has left: once. */
export const leftAfter = (before: readonly Told[]): Told | null => (before.at(-1) === 'left' ? null : 'left')

const ofOutcome: Readonly<Record<Extract<SaidOutcome, 'posted' | `p${string}`>, Told>> = {
  posted: 'heard',
  'posted without a file': 'a file',
  'passed: empty': 'empty',
}

function ofSaid(outcome: string, before: readonly Told[]): Told | null {
  if (outcome.startsWith('refused: ')) return 'refused'
  if (outcome === 'edited') return isPutRight(before) ? 'heard' : null
  return new Map<string, Told>(Object.entries(ofOutcome)).get(outcome) ?? null
}

/** Whether an edit that went through takes back what was told before it. It brings no file that did not come. */
const isPutRight = (before: readonly Told[]): boolean =>
  before.length > 0 && before.at(-1) !== 'heard' && !before.includes('a file')
