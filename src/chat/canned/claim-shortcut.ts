import { type Connection, Schema } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { CannedId } from '../../contract/ids.ts'
import { isDuplicateKey } from '../../platform/duplicate-key.ts'
import type { Ids } from '../../platform/ids.ts'
import type { Responses } from './stored.ts'

/** A claim by itself, older than any write under way, was left by a process that died. ms */
const forgottenAfterMs = 60_000

/** Who has a shortcut of an inbox. A document of its own, because not every store lets go of a unique key that an update changed. */
interface Claim {
  /** `<inbox>/<shortcut in lower case>` */
  _id: string
  response: CannedId
  /** Of this very claim: a late release must not end a newer one. */
  token: string
  at: Date
}

const schema = new Schema({ _id: String }, { versionKey: false, strict: false })
export const shortcutModel = (connection: Connection) => connection.model('CannedShortcut', schema, 'canned_shortcuts')

export interface Shortcuts {
  /** Throws `already_exists` for one that another response has. */
  claim(key: string, response: CannedId): Promise<void>
  /** What a response has, to be let go of later. */
  held(key: string | null, response: CannedId): Promise<Claim | null>
  release(claim: Claim | null): Promise<void>
}

export function createShortcuts(deps: {
  connection: Connection
  responses: Responses
  ids: Pick<Ids, 'token'>
  now(): number
}): Shortcuts {
  const claims = deps.connection.collection<Claim>('canned_shortcuts')
  const taken = (key: string) => new DeskbridgeError('already_exists', { details: { shortcut: key.split('/').at(-1) } })

  /** Whether the holder has it in truth, or may be about to write that it has. */
  const isHeld = async ({ _id, response, at }: Claim) =>
    at.getTime() > deps.now() - forgottenAfterMs ||
    (await deps.responses.findOne({ _id: response, claim: _id })) !== null

  const claim = async (key: string, response: CannedId): Promise<void> => {
    const news = { response, token: deps.ids.token(), at: new Date(deps.now()) }
    const isFree = await claims.insertOne({ _id: key, ...news }).then(
      () => true,
      (error: unknown) => {
        if (isDuplicateKey(error)) return false
        throw error
      },
    )
    if (isFree) return
    const holder = await claims.findOne({ _id: key })
    if (holder && holder.response !== response && (await isHeld(holder))) throw taken(key)
    const { matchedCount } = await claims.updateOne({ _id: key, token: holder?.token ?? '' }, { $set: news })
    if (matchedCount === 0) await claim(key, response)
  }

  return {
    claim,
    held: async (key, response) => (key === null ? null : claims.findOne({ _id: key, response })),
    async release(claim) {
      if (claim) await claims.deleteOne({ _id: claim._id, token: claim.token })
    },
  }
}
