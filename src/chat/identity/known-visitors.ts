import { type Connection, Schema } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
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

interface KnownVisitorDeps {
  connection: Connection
  ids: Pick<Ids, 'visitor'>
  now(): number
}

export interface KnownVisitors {
  /** Null for a customer who was never here. */
  find(inbox: string, externalId: string): Promise<VisitorId | null>
  /** One visitor id for each customer of an inbox, the same on every device; never one that was anonymous before. */
  of(inbox: string, externalId: string): Promise<VisitorId>
  /** Whether this id stands for a customer, or did until they were erased, so that it takes a proof to be them. */
  has(id: VisitorId): Promise<boolean>
  /** Forgets which customer it was: a later proof makes them somebody new. Answers whether anything was known. */
  forget(id: VisitorId): Promise<boolean>
}

export function createKnownVisitors(deps: KnownVisitorDeps): KnownVisitors {
  const visitors = deps.connection.collection<KnownVisitor>('visitors')
  /** The ids alone of those who were erased: without them whoever has an old token could pass for one. */
  const former = deps.connection.collection<{ _id: VisitorId }>('former_visitors')

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
      const faster = isDuplicateKey(error) ? await find(inbox, externalId) : null
      if (faster) return faster
      throw isDuplicateKey(error) ? new DeskbridgeError('unavailable', { cause: error }) : error
    }
  }

  return {
    find,
    of,
    has: async (id) => ((await visitors.findOne({ _id: id })) ?? (await former.findOne({ _id: id }))) !== null,
    async forget(id) {
      if (!(await visitors.findOne({ _id: id }))) return false
      await former.updateOne({ _id: id }, { $setOnInsert: { _id: id } }, { upsert: true })
      // Not emptied in place: one of the stores keeps the old entry of a unique index, and the customer could not come back.
      return (await visitors.deleteOne({ _id: id })).deletedCount === 1
    },
  }
}
