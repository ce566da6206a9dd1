import type { ShownKey } from '../../../src/contract/key.ts'

export type KeyState = 'active' | 'expiring' | 'expired' | 'revoked'

/** Time enough to give the other system another one. ms */
const soon = 14 * 86_400_000

export function stateOf({ revokedAt, expiresAt }: Pick<ShownKey, 'revokedAt' | 'expiresAt'>, now: number): KeyState {
  if (revokedAt !== null) return 'revoked'
  if (expiresAt === null) return 'active'
  const left = Date.parse(expiresAt) - now
  if (left <= 0) return 'expired'
  return left <= soon ? 'expiring' : 'active'
}

/** Those in use first, then by name. */
export function inOrder(keys: readonly ShownKey[], now: number): ShownKey[] {
  const isOver = (key: ShownKey) => Number(['revoked', 'expired'].includes(stateOf(key, now)))
  return keys.toSorted((one, other) => isOver(one) - isOver(other) || one.name.localeCompare(other.name))
}

export const matches = ({ name, prefix, createdBy }: ShownKey, words: string): boolean =>
  [name, prefix, createdBy.name ?? ''].some((text) => text.toLowerCase().includes(words.trim().toLowerCase()))
