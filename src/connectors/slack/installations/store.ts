import { type Connection, Schema } from 'mongoose'
import { DeskbridgeError } from '../../../contract/errors.ts'
import { isFresh } from '../../../platform/clock.ts'
import { isDuplicateKey } from '../../../platform/duplicate-key.ts'
import type { SealedSecrets } from '../../../platform/sealed-secrets.ts'

/** Where the app was installed, as Slack said it then. */
export interface Granted {
  team: string
  name: string
  botUser: string
  app: string
  scopes: readonly string[]
  token: string
}

export interface StoredInstallation {
  /** The workspace's id. */
  _id: string
  name: string
  botUser: string
  app: string
  scopes: readonly string[]
  /** The first time: whoever was here earlier comes first. */
  installedAt: Date
  /** When the token was given. */
  grantedAt: Date
  /** Set once the app was taken out of the workspace. */
  goneAt: Date | null
  /** The token, sealed for this very workspace. */
  sealed: string
}

const schema = new Schema({ _id: String }, { versionKey: false, strict: false })
export const slackInstallationModel = (connection: Connection) =>
  connection.model('SlackInstallation', schema, 'slack_installations')

/** Addresses that were used, until they are over. */
const usedSchema = new Schema({ _id: String }, { versionKey: false, strict: false })
usedSchema.index({ expiresAt: 1 }, { expireAfterSeconds: 0 })
export const usedStateModel = (connection: Connection) =>
  connection.model('SlackUsedState', usedSchema, 'slack_used_states')

/** How long a node goes by what it has read: another node's installation is seen after that. ms */
const freshMs = 1_000

export interface InstallationStore {
  /** The earlier installed first. `now`: whatever was read just before. */
  list(when?: 'now'): Promise<readonly StoredInstallation[]>
  /** Also of one that is there already. */
  put(granted: Granted): Promise<StoredInstallation>
  /** Only while its token is this one. Answers whether that is news. */
  gone(stored: StoredInstallation): Promise<boolean>
  /** Throws `not_found`. */
  remove(team: string): Promise<void>
  /** Null: sealed with a secret that is not known here. */
  tokenOf(stored: StoredInstallation): string | null
  isUsed(state: string): Promise<boolean>
  /** Throws `install_link_invalid` for the second who uses it. */
  use(state: { id: string; expiresAt: Date }): Promise<void>
}

const ownerOf = (team: string): string => `slack-installation:${team}`

/** Null: sealed with a secret that is not known here. */
export function tokenOf(secrets: SealedSecrets, { _id, sealed }: StoredInstallation): string | null {
  try {
    return secrets.open(sealed, ownerOf(_id))
  } catch {
    return null
  }
}

export function createInstallationStore(deps: {
  connection: Connection
  secrets: SealedSecrets
  now(): number
}): InstallationStore {
  const { secrets, now } = deps
  const installations = deps.connection.collection<StoredInstallation>('slack_installations')
  const used = deps.connection.collection<{ _id: string; expiresAt: Date }>('slack_used_states')
  let known: { at: number; all: Promise<StoredInstallation[]> } | null = null

  /** A changed secret of ours seals anew what it meets, so that the one before can go. */
  const sealedAnew = async (stored: StoredInstallation): Promise<StoredInstallation> => {
    const { _id, sealed } = stored
    const token = secrets.isCurrent(sealed) ? null : tokenOf(secrets, stored)
    if (token === null) return stored
    const again = secrets.seal(token, ownerOf(_id))
    const { modifiedCount } = await installations.updateOne({ _id, sealed }, { $set: { sealed: again } })
    return modifiedCount === 1 ? { ...stored, sealed: again } : stored
  }

  const read = (): Promise<StoredInstallation[]> => {
    const found = installations.find().sort({ installedAt: 1, _id: 1 }).toArray()
    const all = found.then((each) => Promise.all(each.map(sealedAnew)))
    known = { at: now(), all }
    // A failed read is nobody's knowledge.
    all.catch(() => (known = null))
    return all
  }

  return {
    list: (when) => (when !== 'now' && known && isFresh(known.at, now(), freshMs) ? known.all : read()),
    async put({ team: _id, token, ...about }) {
      const granted = { ...about, grantedAt: new Date(now()), goneAt: null, sealed: secrets.seal(token, ownerOf(_id)) }
      const stored = await installations.findOneAndUpdate(
        { _id },
        { $set: granted, $setOnInsert: { installedAt: granted.grantedAt } },
        { upsert: true, returnDocument: 'after' },
      )
      known = null
      if (!stored) throw new DeskbridgeError('unavailable')
      return stored
    },
    async gone({ _id, sealed }) {
      const change = { $set: { goneAt: new Date(now()) } }
      const { modifiedCount } = await installations.updateOne({ _id, sealed, goneAt: null }, change)
      known = null
      return modifiedCount === 1
    },
    async remove(team) {
      const { deletedCount } = await installations.deleteOne({ _id: team })
      known = null
      if (deletedCount === 0) throw new DeskbridgeError('not_found')
    },
    tokenOf: (stored) => tokenOf(secrets, stored),
    isUsed: async (state) => (await used.findOne({ _id: state })) !== null,
    async use({ id: _id, expiresAt }) {
      await used.insertOne({ _id, expiresAt }).catch((error: unknown) => {
        throw isDuplicateKey(error) ? new DeskbridgeError('install_link_invalid') : error
      })
    },
  }
}
