import { type Connection, Schema } from 'mongoose'
import type { SessionId } from '../../contract/ids.ts'
import { isDuplicateKey } from '../../platform/duplicate-key.ts'
import type { SealedSecrets } from '../../platform/sealed-secrets.ts'

/** How long an answer can be had again. ms */
const keptMs = 86_400_000
/** Whoever takes longer than this over a request has died with it. Longer than an append and than any call of a route. ms */
const underwayMs = 60_000

export interface Answer {
  status: number
  contentType: string | null
  /** Empty: none. */
  body: string
}

interface StoredAnswer {
  /** Of who asks, where, and their key. */
  _id: string
  /** Of what was asked. */
  request: string
  /** In whose chat, so that an erasure finds it. */
  session: SessionId | null
  /** Who is at it, and until when that is believed. */
  owner: string
  until: Date
  /** Sealed, since some tell a secret once; null while the request is under way. */
  sealed: string | null
  expireAt: Date
}

const schema = new Schema({ _id: String }, { versionKey: false, strict: false })
schema.index({ session: 1 })
schema.index({ expireAt: 1 }, { expireAfterSeconds: 0 })
export const answerModel = (connection: Connection) => connection.model('Answer', schema, 'answers')
const answersOf = (connection: Connection) => connection.collection<StoredAnswer>('answers')

/** What is kept of a chat goes with it. */
export const forgetAnswers = async (connection: Connection, session: SessionId): Promise<number> =>
  (await answersOf(connection).deleteMany({ session })).deletedCount

export interface Asked {
  id: string
  request: string
  session: SessionId | null
  /** Whether it may be done again after somebody died over it. */
  isRepeatable: boolean
}

/** `lost`: whether it was done is not known. */
export type Claim =
  | { kind: 'first'; owner: string }
  | { kind: 'answered'; answer: Answer }
  | { kind: 'other_request' }
  | { kind: 'underway' }
  | { kind: 'lost' }

export interface Answers {
  claim(asked: Asked): Promise<Claim>
  keep(asked: Asked, owner: string, answer: Answer): Promise<void>
  /** Nothing was done: the next one is the first again. */
  release(asked: Asked, owner: string): Promise<void>
  /** Something may have been done. */
  lose(asked: Asked, owner: string): Promise<void>
}

export function createAnswers(deps: {
  connection: Connection
  secrets: Pick<SealedSecrets, 'seal' | 'open'>
  newOwner(): string
  now(): number
}): Answers {
  const { secrets, newOwner, now } = deps
  const answers = answersOf(deps.connection)
  const ownerOf = (id: string) => `answer:${id}`

  const begin = async ({ id: _id, request, session }: Asked): Promise<string | null> => {
    const owner = newOwner()
    const at = { until: new Date(now() + underwayMs), expireAt: new Date(now() + keptMs) }
    try {
      await answers.insertOne({ _id, request, session, owner, ...at, sealed: null })
      return owner
    } catch (error) {
      if (isDuplicateKey(error)) return null
      throw error
    }
  }

  const takeOver = async (asked: Asked, { owner: before }: StoredAnswer): Promise<Claim> => {
    if (!asked.isRepeatable) return { kind: 'lost' }
    const owner = newOwner()
    const $set = { owner, until: new Date(now() + underwayMs) }
    const taken = await answers.updateOne({ _id: asked.id, owner: before, sealed: null }, { $set })
    return taken.matchedCount === 1 ? { kind: 'first', owner } : { kind: 'underway' }
  }

  const claimOf = (asked: Asked, found: StoredAnswer): Claim | Promise<Claim> => {
    if (found.request !== asked.request) return { kind: 'other_request' }
    if (found.sealed === null) return found.until.getTime() > now() ? { kind: 'underway' } : takeOver(asked, found)
    const answer = opened(() => secrets.open(found.sealed ?? '', ownerOf(asked.id)))
    return answer ? { kind: 'answered', answer } : { kind: 'lost' }
  }

  return {
    async claim(asked) {
      const owner = await begin(asked)
      if (owner !== null) return { kind: 'first', owner }
      const found = await answers.findOne({ _id: asked.id })
      if (found && found.expireAt.getTime() > now()) return claimOf(asked, found)
      // It ended meanwhile, or the store has not got round to removing it.
      if (found) await answers.deleteOne({ _id: asked.id, owner: found.owner })
      const next = await begin(asked)
      return next === null ? { kind: 'underway' } : { kind: 'first', owner: next }
    },
    async keep({ id: _id }, owner, answer) {
      const sealed = secrets.seal(JSON.stringify(answer), ownerOf(_id))
      await answers.updateOne({ _id, owner }, { $set: { sealed } })
    },
    release: async ({ id: _id }, owner) => void (await answers.deleteOne({ _id, owner, sealed: null })),
    lose: async ({ id: _id }, owner) =>
      void (await answers.updateOne({ _id, owner }, { $set: { until: new Date(0) } })),
  }
}

/** Null: sealed with a secret that was given up since. */
function opened(open: () => string): Answer | null {
  try {
    return JSON.parse(open())
  } catch {
    return null
  }
}
