import { type Connection, Schema } from 'mongoose'
import type { VisitorId } from '../../contract/ids.ts'
import { isDuplicateKey } from '../../platform/duplicate-key.ts'
import type { Ids } from '../../platform/ids.ts'

/** A customer of one inbox's site, known by the site's own name for them. */
interface KnownVisitor {
  _id: VisitorId
  inbox: string
  externalId: string
  createdAt: Date
}

const schema = new Schema({ _id: String }, { versionKey: false, strict: false })
schema.index({ inbox: 1, externalId: 1 }, { unique: true })
export const knownVisitorModel = (connection: Connection) => connection.model('KnownVisitor', schema, 'visitors')

export interface KnownVisitors {
  /** Null for a customer who was never here. */
  find(inbox: string, externalId: string): Promise<VisitorId | null>
  /** One visitor id for each customer of an inbox, the same on every device; never one that was anonymous before. */
  of(inbox: string, externalId: string): Promise<VisitorId>
  /** Whether this id stands for a customer, so that it takes a proof to be them. */
  has(id: VisitorId): Promise<boolean>
}

export function createKnownVisitors(deps: {
  connection: Connection
  ids: Pick<Ids, 'visitor'>
  now(): number
}): KnownVisitors {
  const visitors = deps.connection.collection<KnownVisitor>('visitors')

  const find = async (inbox: string, externalId: string): Promise<VisitorId | null> =>
    (await visitors.findOne({ inbox, externalId }))?._id ?? null

  const of = async (inbox: string, externalId: string): Promise<VisitorId> => {
    const known = await find(inbox, externalId)
    if (known) return known
    const visitor = { _id: deps.ids.visitor(), inbox, externalId, createdAt: new Date(deps.now()) }
    try {
      await visitors.insertOne(visitor)
      return visitor._id
    } catch (error) {
      if (!isDuplicateKey(error)) throw error
      return of(inbox, externalId)
    }
  }

  return { find, of, has: async (id) => (await visitors.findOne({ _id: id })) !== null }
}
