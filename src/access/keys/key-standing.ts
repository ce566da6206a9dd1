import type { Connection } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { KeyId } from '../../contract/ids.ts'
import { isFresh } from '../../platform/clock.ts'
import type { RateLimit } from '../../platform/rate-limit.ts'
import { hashOf, isWhole } from './key-text.ts'
import { keysOf, type StoredKey } from './stored.ts'

/** How long a node goes by what it has read: a key that was revoked at another node ends after that, at the latest. ms */
const freshMs = 2_000
/** Every use would be a write. ms */
const usedEveryMs = 60_000
const minute = 60_000

/** What a key may do, as it is now. */
export type StandingKey = Pick<StoredKey, '_id' | 'name' | 'scopes' | 'inboxes'>

export interface KeyStanding {
  /** Counts a request of it. Throws `unauthorized` with what is the matter in `details.key`, `rate_limited`, `unavailable`. */
  of(key: string): Promise<StandingKey>
  /** It was changed here. */
  changed(id: KeyId): void
}

export function createKeyStanding(deps: {
  connection: Connection
  /** At most so many in a window, whatever the key. */
  rateOf(limit: number, windowMs: number): RateLimit
  now(): number
}): KeyStanding {
  const { now } = deps
  const keys = keysOf(deps.connection)
  /** By hash. Only those that exist, or whoever makes some up would fill it. */
  const known = new Map<string, { at: number; key: StoredKey }>()
  const rates = new Map<number, RateLimit>()

  const read = async (hash: string): Promise<StoredKey> => {
    const last = known.get(hash)
    if (last && isFresh(last.at, now(), freshMs)) return last.key
    const at = now()
    const key = await keys.findOne({ hash }).catch(notNow)
    if (key) known.set(hash, { at, key })
    else known.delete(hash)
    if (!key) throw refused('unknown')
    return key
  }

  const rate = (limit: number): RateLimit => {
    const there = rates.get(limit) ?? deps.rateOf(limit, minute)
    rates.set(limit, there)
    return there
  }

  /** That it was used is not worth a refusal. */
  const note = async ({ _id, lastUsedAt }: StoredKey) => {
    const since = new Date(now() - usedEveryMs)
    if (lastUsedAt !== null && lastUsedAt > since) return
    const isDue = { $or: [{ lastUsedAt: null }, { lastUsedAt: { $lte: since } }] }
    await keys.updateOne({ _id, ...isDue }, { $set: { lastUsedAt: new Date(now()) } }).catch(() => {})
  }

  return {
    async of(text) {
      if (!isWhole(text)) throw refused('malformed')
      const key = await read(hashOf(text))
      if (key.revokedAt) throw refused('revoked')
      if (key.expiresAt && key.expiresAt.getTime() <= now()) throw refused('expired')
      await rate(key.rateLimit).take(key._id)
      await note(key)
      return key
    },
    changed(id) {
      for (const [hash, { key }] of known) if (key._id === id) known.delete(hash)
    },
  }
}

const reasons = {
  malformed: 'This API key is cut off or mistyped: its checksum does not fit.',
  unknown: 'There is no such API key.',
  revoked: 'This API key was revoked.',
  expired: 'This API key has expired.',
} as const

const refused = (key: keyof typeof reasons) =>
  new DeskbridgeError('unauthorized', { message: reasons[key], details: { key } })

/** A store that is away is no reason to take a key for a bad one. */
const notNow = (cause: unknown): never => {
  throw new DeskbridgeError('unavailable', { cause })
}
