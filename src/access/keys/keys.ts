import type { Connection } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import { KeyId } from '../../contract/ids.ts'
import type { ChangeKey, CreatedKey, CreateKey, ShownKey } from '../../contract/key.ts'
import type { Ids } from '../../platform/ids.ts'
import { hashOf, keyLetters, keyOf, prefixOf } from './key-text.ts'
import { keysOf, type StoredKey, shown } from './stored.ts'

/** That are not revoked; more are a sign that something makes them by itself. */
export const mostKeys = 200

/** Keys of other systems, as administrators make them. */
export interface Keys {
  /** Throws `invalid_input` for an end that is past and for what does not go together, `too_many`. */
  create(wanted: CreateKey, by: ShownKey['createdBy']): Promise<CreatedKey>
  list(prefix?: string): Promise<ShownKey[]>
  /** Throws `not_found`, also for one that was revoked. */
  get(id: string): Promise<ShownKey>
  /** Throws what `create` and `get` throw. */
  change(id: string, change: ChangeKey): Promise<ShownKey>
  /** For good. Throws `not_found`. */
  revoke(id: string): Promise<void>
}

export function createKeys(deps: {
  connection: Connection
  ids: Pick<Ids, 'key' | 'letters'>
  /** Said of each change. */
  changed(id: KeyId): void
  now(): number
}): Keys {
  const { ids, now } = deps
  const keys = keysOf(deps.connection)

  const inForce = async (id: string): Promise<StoredKey> => {
    const key = await keys.findOne({ _id: keyIdOf(id), revokedAt: null })
    if (!key) throw new DeskbridgeError('not_found')
    return key
  }

  return {
    async create({ expiresAt, ...wanted }, createdBy) {
      const key = keyOf(ids.letters(keyLetters))
      const stored: StoredKey = {
        _id: ids.key(),
        prefix: prefixOf(key),
        hash: hashOf(key),
        ...wanted,
        expiresAt: endOf(expiresAt, now()),
        version: 1,
        createdAt: new Date(now()),
        createdBy,
        lastUsedAt: null,
        revokedAt: null,
      }
      checkReach(stored)
      if ((await keys.countDocuments({ revokedAt: null })) >= mostKeys)
        throw new DeskbridgeError('too_many', { details: { most: mostKeys } })
      await keys.insertOne(stored)
      return { ...shown(stored), key }
    },
    async list(prefix) {
      const found = prefix === undefined ? {} : { prefix: { $eq: prefixOf(prefix) } }
      return (await keys.find(found).sort({ createdAt: 1, _id: 1 }).toArray()).map(shown)
    },
    get: async (id) => shown(await inForce(id)),
    async change(id, { expiresAt, ...change }) {
      const before = await inForce(id)
      const next = { ...change, ...(expiresAt !== undefined && { expiresAt: endOf(expiresAt, now()) }) }
      checkReach({ scopes: next.scopes ?? before.scopes, inboxes: next.inboxes ?? before.inboxes })
      const $set = Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined))
      // Nothing to change is no update that the store takes.
      if (Object.keys($set).length === 0) return shown(before)
      const { _id, version } = before
      // What was checked together must be what is there.
      const isSame = { _id, version, revokedAt: null }
      const changed = await keys.findOneAndUpdate(isSame, { $set, $inc: { version: 1 } }, { returnDocument: 'after' })
      if (!changed) throw new DeskbridgeError('version_conflict')
      deps.changed(_id)
      return shown(changed)
    },
    async revoke(id) {
      const { _id } = await inForce(id)
      await keys.updateOne({ _id, revokedAt: null }, { $set: { revokedAt: new Date(now()) } })
      deps.changed(_id)
    },
  }
}

/** Text that is no id is an id of nothing. */
function keyIdOf(text: string): KeyId {
  const id = KeyId.safeParse(text)
  if (!id.success) throw new DeskbridgeError('not_found')
  return id.data
}

/** What an administrator's key opens is not divided by inbox, so that a limit to some would be none. */
function checkReach({ scopes, inboxes }: Pick<StoredKey, 'scopes' | 'inboxes'>): void {
  if (scopes.includes('admin') && inboxes.length > 0)
    throw wrong('inboxes', 'a key with the scope admin is for all of them')
}

function endOf(expiresAt: string | null, now: number): Date | null {
  if (expiresAt === null) return null
  const end = new Date(expiresAt)
  if (end.getTime() <= now) throw wrong('expiresAt', 'is past')
  return end
}

const wrong = (path: string, problem: string) => new DeskbridgeError('invalid_input', { details: [{ path, problem }] })
