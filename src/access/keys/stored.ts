import { type Connection, Schema } from 'mongoose'
import type { KeyId } from '../../contract/ids.ts'
import type { CreateKey, ShownKey } from '../../contract/key.ts'

export interface StoredKey extends Omit<CreateKey, 'expiresAt'> {
  _id: KeyId
  prefix: string
  /** Of the key, which itself is nowhere. */
  hash: string
  expiresAt: Date | null
  /** Counts the changes. */
  version: number
  createdAt: Date
  createdBy: ShownKey['createdBy']
  lastUsedAt: Date | null
  /** Stays for a while, so that whoever still uses it is told what became of it. */
  revokedAt: Date | null
}

/** s */
const rememberedS = 90 * 86_400

const schema = new Schema({ _id: String }, { versionKey: false, strict: false })
schema.index({ hash: 1 }, { unique: true })
schema.index({ prefix: 1 })
schema.index({ createdAt: 1, _id: 1 })
schema.index({ revokedAt: 1 }, { expireAfterSeconds: rememberedS })

export const keyModel = (connection: Connection) => connection.model('ApiKey', schema, 'api_keys')
export const keysOf = (connection: Connection) => connection.collection<StoredKey>('api_keys')

export const shown = ({ _id: id, hash: _hash, version: _version, ...key }: StoredKey): ShownKey => ({
  id,
  ...key,
  expiresAt: key.expiresAt?.toISOString() ?? null,
  createdAt: key.createdAt.toISOString(),
  lastUsedAt: key.lastUsedAt?.toISOString() ?? null,
  revokedAt: key.revokedAt?.toISOString() ?? null,
})
