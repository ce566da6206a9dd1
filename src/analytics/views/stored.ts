import { type Connection, Schema } from 'mongoose'
import type { NewView, SavedView } from '../../contract/analytics.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { Sending } from '../digests/sending.ts'

export interface StoredView extends NewView {
  _id: string
  version: number
  createdAt: Date
  /** How its digest stands; no change of the view. */
  sending: Sending
}

const schema = new Schema({ _id: String }, { versionKey: false, strict: false, minimize: false })
schema.index({ 'sending.dueAt': 1 })

export const viewModel = (connection: Connection) => connection.model('ReportView', schema, 'report_views')
export const viewsOf = (connection: Connection) => connection.collection<StoredView>('report_views')

/** Throws `not_found`, also for a view of inboxes that are not all within `own`. `own` empty: all of them. */
export async function findView(connection: Connection, id: string, own: readonly string[]): Promise<StoredView> {
  const view = await viewsOf(connection).findOne({ _id: { $eq: id } })
  if (!view || !isWithin(view, own)) throw new DeskbridgeError('not_found')
  return view
}

/** A view without inboxes is of all of them. */
export const isWithin = ({ inboxes }: Pick<StoredView, 'inboxes'>, own: readonly string[]): boolean =>
  own.length === 0 || (inboxes.length > 0 && inboxes.every((inbox) => own.includes(inbox)))

export function shown({ _id: id, createdAt: _c, sending: { last }, ...view }: StoredView): SavedView {
  return { id, ...view, lastSent: last && { at: last.at.toISOString(), problem: last.problem } }
}
