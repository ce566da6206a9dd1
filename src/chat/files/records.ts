import { type Connection, Schema } from 'mongoose'
import type { FileRef } from '../../contract/event.ts'
import type { EventKey, FileId, SessionId } from '../../contract/ids.ts'

/** What is known of a file. Its record is there before its bytes are, and goes after them: no bytes are ever nobody's. */
export interface FileRecord {
  _id: FileId
  session: SessionId
  /** Which participant uploaded it, and may send it. */
  by: string
  /** Where its bytes are; the thumbnail's are beside them. */
  place: string
  file: Omit<FileRef, 'id'>
  /** `removed`: out of sight, with bytes that may still be there. */
  state: 'storing' | 'ready' | 'removed'
  /** The message that it was sent with, by its key in the log. */
  message: { key: EventKey; internal: boolean } | null
  createdAt: Date
  /** When it is to be looked at again, whatever was going on: epoch ms, null for never. */
  checkAt: number | null
}

const schema = new Schema({ _id: String }, { versionKey: false, strict: false })
schema.index({ session: 1 })
schema.index({ checkAt: 1 })
schema.index({ place: 1 }, { unique: true })

export const fileModel = (connection: Connection) => connection.model('File', schema, 'files')

export const filesOf = (connection: Connection) => connection.collection<FileRecord>('files')

export const refOf = ({ _id, file }: Pick<FileRecord, '_id' | 'file'>): FileRef => ({ id: _id, ...file })

export const thumbnailOf = (place: string): string => `${place}.thumbnail`

/** The file that bytes in the store belong to. */
export const placeOf = (key: string): string => key.replace(/\.thumbnail$/, '')

/**
 * Names this installation's folder in the store. It is kept in the database, so that an installation with another
 * database on the same bucket never takes these files for nobody's.
 */
export async function ownFolder(connection: Connection, made: string): Promise<string> {
  const all = connection.collection<{ _id: string; folder: string }>('installation')
  await all.updateOne({ _id: 'files' }, { $setOnInsert: { folder: made } }, { upsert: true })
  return (await all.findOne({ _id: 'files' }))?.folder ?? made
}
