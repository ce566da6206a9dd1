import { type Connection, Schema } from 'mongoose'
import { z } from 'zod'
import type { AuditEntry, AuditFields, AuditOutcome, AuditPage, AuditQuery, AuditType } from '../../contract/audit.ts'
import type { SessionId } from '../../contract/ids.ts'
import { after, cursorOf, placeOf } from '../../platform/page-cursor.ts'

interface StoredEntry {
  _id: string
  at: Date
  by: AuditEntry['by']
  address: string | null
  method: string
  path: string
  subject: { type: AuditType; id: string | null }
  /** In whose chat, so that an erasure finds it. */
  session: SessionId | null
  /** As JSON: what people put into settings is no field of the store's. */
  before: string | null
  after: string | null
  outcome: AuditOutcome
  status: number | null
  expireAt: Date
}

const newest = { at: -1, _id: -1 } as const
const schema = new Schema({ _id: String }, { versionKey: false, strict: false })
schema.index(newest)
schema.index({ 'by.id': 1, ...newest })
schema.index({ 'subject.type': 1, 'subject.id': 1, ...newest })
schema.index({ session: 1 })
schema.index({ expireAt: 1 }, { expireAfterSeconds: 0 })
export const auditModel = (connection: Connection) => connection.model('AuditEntry', schema, 'audit')
const entriesOf = (connection: Connection) => connection.collection<StoredEntry>('audit')

/** What an entry holds of a chat that is erased; that somebody acted there stays. */
export const forgetInAudit = async (connection: Connection, session: SessionId): Promise<number> =>
  (await entriesOf(connection).updateMany({ session }, { $set: { before: null, after: null } })).modifiedCount

export interface Beginning extends Pick<StoredEntry, 'by' | 'address' | 'method' | 'path' | 'subject' | 'session'> {
  before: AuditFields
}

export interface Ending {
  outcome: AuditOutcome
  status: number
  id: string | null
  before: AuditFields
  after: AuditFields
}

/** What was changed of the installation, by whom. Entries are added and ended, and never changed after that. */
export interface AuditLog {
  /** Answers the entry's id. */
  begin(entry: Beginning): Promise<string>
  end(id: string, ending: Ending): Promise<void>
  /** Throws `invalid_input` for a cursor of another list. */
  page(query: AuditQuery): Promise<AuditPage>
}

export function createAuditLog(deps: {
  connection: Connection
  newId(): string
  /** ms */
  keepFor: number
  now(): number
}): AuditLog {
  const entries = entriesOf(deps.connection)
  return {
    async begin({ before, ...entry }) {
      const _id = deps.newId()
      const at = new Date(deps.now())
      const expireAt = new Date(at.getTime() + deps.keepFor)
      const open = { outcome: 'begun', status: null, before: textOf(before), after: null } as const
      await entries.insertOne({ _id, at, ...entry, ...open, expireAt })
      return _id
    },
    async end(_id, { before, after, id, ...outcome }) {
      const $set = { ...outcome, before: textOf(before), after: textOf(after), 'subject.id': id }
      await entries.updateOne({ _id, outcome: 'begun' }, { $set })
    },
    async page(query) {
      const conditions = [...conditionsOf(query), ...(query.cursor ? [after(placeOf(query.cursor), 'at')] : [])]
      const found = await entries
        .find(conditions.length > 0 ? { $and: conditions } : {})
        .sort(newest)
        .limit(query.limit + 1)
        .toArray()
      const page = found.slice(0, query.limit)
      const last = found.length > query.limit ? page.at(-1) : undefined
      return { entries: page.map(shown), cursor: last ? cursorOf({ at: last.at, id: last._id }) : null }
    },
  }
}

const textOf = (fields: AuditFields): string | null => (fields === null ? null : JSON.stringify(fields))

const Fields = z.record(z.string(), z.unknown())
const fieldsOf = (text: string | null): AuditFields => (text === null ? null : Fields.parse(JSON.parse(text)))

const shown = ({ _id: id, session: _s, expireAt: _e, at, before, after, ...entry }: StoredEntry): AuditEntry => ({
  id,
  at: at.toISOString(),
  ...entry,
  before: fieldsOf(before),
  after: fieldsOf(after),
})

function conditionsOf({ by, type, id, outcome, from, to }: AuditQuery): Record<string, unknown>[] {
  return [
    ...(by ? [{ 'by.id': by }] : []),
    ...(type ? [{ 'subject.type': type }] : []),
    ...(id ? [{ 'subject.id': id }] : []),
    ...(outcome ? [{ outcome }] : []),
    ...(from ? [{ at: { $gte: new Date(from) } }] : []),
    ...(to ? [{ at: { $lt: new Date(to) } }] : []),
  ]
}
