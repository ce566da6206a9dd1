import { createHash } from 'node:crypto'
import { type Connection, Schema } from 'mongoose'
import type { Seq, SessionId } from '../../contract/ids.ts'

/** Every kind of mail. A test sends each of them and fails for one that it does not know. */
export const mailKinds = ['answers', 'transcript'] as const

/** A mail that is to be sent. What it says is made of the log when it is sent: nothing that could be erased there is kept here. */
export interface QueuedMail {
  _id: string
  session: SessionId
  what: (typeof mailKinds)[number]
  to: string
  upTo: Seq
  state: 'waiting' | 'sent' | 'failed'
  /** Tries that were begun. A holder is known by it: whoever counts it up has the mail for a while. */
  attempts: number
  /** Epoch ms. */
  nextAt: number
  createdAt: Date
  /** Forgotten a month after it. */
  doneAt?: Date
}

const month = 30 * 86_400

const schema = new Schema({ _id: String, doneAt: Date }, { versionKey: false, strict: false })
schema.index({ state: 1, nextAt: 1 })
schema.index({ session: 1 })
schema.index({ doneAt: 1 }, { expireAfterSeconds: month })

export const mailModel = (connection: Connection) => connection.model('Mail', schema, 'mails')

/** Whom a chat's mails are for. Answers how many there were. */
export const forgetMails = async (connection: Connection, session: SessionId): Promise<number> =>
  (await connection.collection<QueuedMail>('mails').deleteMany({ session })).deletedCount

export const digest = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24)

type Wanted = Pick<QueuedMail, 'session' | 'what' | 'to' | 'upTo'>

export interface Mails {
  /** One mail for each `place` in a chat and each recipient, however often it is asked for. One that failed is tried again once there is more to say. */
  add(mail: Wanted, place: Seq): Promise<void>
  due(most: number): Promise<QueuedMail[]>
  /** Takes a mail for `patienceMs`; null when another was faster. */
  claim(mail: QueuedMail, patienceMs: number): Promise<QueuedMail | null>
  sent(mail: QueuedMail): Promise<void>
  failed(mail: QueuedMail): Promise<void>
  later(mail: QueuedMail, nextAt: number): Promise<void>
  /** Nobody needs it any more. */
  drop(mail: QueuedMail): Promise<void>
}

export function createMails(deps: { connection: Connection; now(): number }): Mails {
  const mails = deps.connection.collection<QueuedMail>('mails')
  const held = ({ _id, attempts }: QueuedMail) => ({ _id, attempts, state: 'waiting' as const })
  const done = (mail: QueuedMail, state: 'sent' | 'failed') =>
    mails.updateOne(held(mail), { $set: { state, doneAt: new Date(deps.now()) } })

  return {
    async add(mail, place) {
      const _id = `${mail.session}:${mail.what}:${place}:${digest(mail.to)}`
      const fresh = { state: 'waiting' as const, attempts: 0, nextAt: deps.now(), createdAt: new Date(deps.now()) }
      await mails.updateOne({ _id }, { $setOnInsert: { ...mail, ...fresh } }, { upsert: true })
      const failedBefore = { _id, state: 'failed' as const, upTo: { $lt: mail.upTo } }
      await mails.updateOne(failedBefore, { $set: { ...fresh, upTo: mail.upTo }, $unset: { doneAt: '' } })
    },
    due: (most) =>
      mails
        .find({ state: 'waiting', nextAt: { $lte: deps.now() } })
        .sort({ nextAt: 1 })
        .limit(most)
        .toArray(),
    async claim(mail, patienceMs) {
      const nextAt = deps.now() + patienceMs
      const taken = await mails.updateOne(held(mail), { $set: { nextAt }, $inc: { attempts: 1 } })
      return taken.matchedCount === 1 ? { ...mail, nextAt, attempts: mail.attempts + 1 } : null
    },
    async sent(mail) {
      await done(mail, 'sent')
    },
    async failed(mail) {
      await done(mail, 'failed')
    },
    async later(mail, nextAt) {
      await mails.updateOne(held(mail), { $set: { nextAt } })
    },
    async drop(mail) {
      await mails.deleteOne(held(mail))
    },
  }
}
