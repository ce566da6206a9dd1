import { type Connection, Schema } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { CreateIdentityKey, IdentityAlgorithm, ShownIdentityKey } from '../../contract/identity.ts'
import { isDuplicateKey } from '../../platform/duplicate-key.ts'
import type { Ids } from '../../platform/ids.ts'
import type { SealedSecrets } from '../../platform/sealed-secrets.ts'
import { type PublicJwk, readPublicKey } from './public-key.ts'

/** Keys of one inbox: enough to change them without a moment in which none fits. */
export const mostKeys = 10
/** Every use would be a write. ms */
const usedEveryMs = 60_000

interface StoredKey {
  /** `<inbox>/<kid>` */
  _id: string
  inbox: string
  kid: string
  algorithm: IdentityAlgorithm
  name: string | null
  /** HS256: the secret, sealed for this very key. */
  sealed: string | null
  /** RS256 and EdDSA. */
  publicKey: PublicJwk | null
  createdAt: Date
  lastUsedAt: Date | null
}

const schema = new Schema({ _id: String }, { versionKey: false, strict: false })
schema.index({ inbox: 1, createdAt: 1 })
export const identityKeyModel = (connection: Connection) => connection.model('IdentityKey', schema, 'identity_keys')

/** What a token is checked with, and the one algorithm that counts for it. */
export type CheckingKey =
  | { algorithm: 'HS256'; secret: Uint8Array }
  | { algorithm: 'RS256' | 'EdDSA'; publicKey: PublicJwk }

export interface IdentityKeys {
  /** Throws `invalid_input` for what is no public key of that algorithm, `already_exists`, `too_many`. */
  create(inbox: string, wanted: CreateIdentityKey): Promise<ShownIdentityKey & { secret?: string }>
  list(inbox: string): Promise<ShownIdentityKey[]>
  /** Throws `not_found`. */
  revoke(inbox: string, kid: string): Promise<void>
  find(inbox: string, kid: string): Promise<CheckingKey | null>
  used(inbox: string, kid: string): Promise<void>
  /** Seals again what the secret before has sealed. */
  reseal(): Promise<void>
}

const shown = ({ kid, algorithm, name, createdAt, lastUsedAt }: StoredKey): ShownIdentityKey => ({
  kid,
  algorithm,
  name,
  createdAt: createdAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
})

const ownerOf = (id: string) => `identity-key:${id}`

export function createIdentityKeys(deps: {
  connection: Connection
  secrets: SealedSecrets
  ids: Pick<Ids, 'token' | 'secret'>
  now(): number
}): IdentityKeys {
  const { secrets, ids, now } = deps
  const keys = deps.connection.collection<StoredKey>('identity_keys')

  const checkRoom = async (inbox: string) => {
    if ((await keys.countDocuments({ inbox })) >= mostKeys)
      throw new DeskbridgeError('too_many', { details: { inbox, most: mostKeys } })
  }

  return {
    async create(inbox, wanted) {
      const kid = wanted.kid ?? ids.token()
      const _id = `${inbox}/${kid}`
      const publicKey = 'publicKey' in wanted ? await readPublicKey(wanted.algorithm, wanted.publicKey) : null
      const secret = publicKey ? null : ids.secret()
      const sealed = secret === null ? null : secrets.seal(secret, ownerOf(_id))
      const { algorithm, name } = wanted
      const key = { _id, inbox, kid, algorithm, name, sealed, publicKey, createdAt: new Date(now()), lastUsedAt: null }
      await checkRoom(inbox)
      await keys.insertOne(key).catch((error: unknown) => {
        throw isDuplicateKey(error) ? new DeskbridgeError('already_exists', { details: { kid } }) : error
      })
      return { ...shown(key), ...(secret !== null && { secret }) }
    },
    list: async (inbox) => (await keys.find({ inbox }).sort({ createdAt: 1 }).toArray()).map(shown),
    async revoke(inbox, kid) {
      const { deletedCount } = await keys.deleteOne({ _id: `${inbox}/${kid}`, inbox })
      if (deletedCount === 0) throw new DeskbridgeError('not_found')
    },
    async find(inbox, kid) {
      const key = await keys.findOne({ _id: `${inbox}/${kid}`, inbox })
      if (key?.algorithm === 'HS256' && key.sealed !== null)
        return { algorithm: 'HS256', secret: new TextEncoder().encode(secrets.open(key.sealed, ownerOf(key._id))) }
      if (key && key.algorithm !== 'HS256' && key.publicKey)
        return { algorithm: key.algorithm, publicKey: key.publicKey }
      return null
    },
    async used(inbox, kid) {
      const stale = { $or: [{ lastUsedAt: null }, { lastUsedAt: { $lt: new Date(now() - usedEveryMs) } }] }
      await keys.updateOne({ _id: `${inbox}/${kid}`, ...stale }, { $set: { lastUsedAt: new Date(now()) } })
    },
    async reseal() {
      for await (const { _id, sealed } of keys.find({ algorithm: 'HS256' })) {
        if (sealed === null || secrets.isCurrent(sealed)) continue
        const again = secrets.seal(secrets.open(sealed, ownerOf(_id)), ownerOf(_id))
        await keys.updateOne({ _id, sealed }, { $set: { sealed: again } })
      }
    },
  }
}
