/**
 * What became of a message that was given to another system. `refused`: for good. `not_taken`: it may be given once more.
 * `unsure`: it may have arrived.
 */
export type HandedOver =
  | { kind: 'taken' }
  | { kind: 'refused'; problem: string }
  | { kind: 'not_taken'; problem: string }
  | { kind: 'unsure'; problem: string }
