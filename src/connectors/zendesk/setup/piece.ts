export type Look =
  | { kind: 'there' }
  | { kind: 'missing' }
  /** There, and not as it has to be. */
  | { kind: 'wrong'; why: string }

/** Not every account has such a thing to give. The message says why this one has not. */
export class NotOffered extends Error {}

/** Something of ours in the account. Each step may be repeated, and changes nothing that is right already. */
export interface Piece {
  /** As in “the view Live chats”. */
  name: string
  look(): Promise<Look>
  /** Makes it, or makes it right. */
  put(): Promise<void>
  /** Null: it stays, for the reason that `kept` gives. */
  remove: (() => Promise<void>) | null
  kept?: string
  /** Other installations that use the account need it as well. */
  shared: boolean
  /** Chats work without it; its steps may throw `NotOffered`. */
  optional?: boolean
}
