import { type Connection, Schema } from 'mongoose'
import type { PictureId } from '../../contract/ids.ts'

/** A few kilobytes each, read by every node and never changed: kept beside the logs that name them, not among the files. */
interface StoredPicture {
  _id: PictureId
  bytes: Uint8Array
}

/** What was found at an address elsewhere, for as long as it need not be asked again. `_id`: a digest of the address. */
interface PictureSource {
  _id: string
  picture: PictureId
  expireAt: Date
}

const schema = new Schema({ _id: String }, { versionKey: false, strict: false })
const sourceSchema = new Schema({ _id: String, expireAt: Date }, { versionKey: false, strict: false })
sourceSchema.index({ expireAt: 1 }, { expireAfterSeconds: 0 })

export const pictureModel = (connection: Connection) => connection.model('Picture', schema, 'pictures')
export const pictureSourceModel = (connection: Connection) =>
  connection.model('PictureSource', sourceSchema, 'picture_sources')

export const picturesOf = (connection: Connection) => connection.collection<StoredPicture>('pictures')
export const pictureSourcesOf = (connection: Connection) => connection.collection<PictureSource>('picture_sources')
