import { type Connection, Schema } from 'mongoose'
import type { SessionId } from '../../contract/ids.ts'
import { headsIn } from '../links/repair-links.ts'
import type { Connector, DestinationName } from '../port.ts'
import { type RecentDeps, raiseMissing } from './recent.ts'

/** How far the open chats of a destination that is new have been looked through. */
interface Mark {
  _id: DestinationName
  after: SessionId | null
  done: boolean
  isNew: boolean
}

const anew: Omit<Mark, '_id'> = { after: null, done: false, isNew: true }

export const caughtUpModel = (connection: Connection) =>
  connection.model('CaughtUp', new Schema({ _id: String }, { versionKey: false, strict: false }), 'caught_up')

export interface CatchUpDeps extends RecentDeps {
  /** Chats that are not closed, by id, those after `after`. */
  openChats(after: SessionId | null, limit: number): Promise<SessionId[]>
}

/** Chats of one destination in one sweep; the next takes the next ones. */
const most = 200

/**
 * Brings the chats that were open when a destination was connected to it, with their story so far, however long they
 * have been quiet. Once for each destination; one that was taken away and comes back is new again.
 */
export async function catchUpNew(deps: CatchUpDeps): Promise<void> {
  const marks = deps.connection.collection<Mark>('caught_up')
  const goneAway = { _id: { $nin: deps.connectors.map(({ name }) => name) }, isNew: false }
  await marks.updateMany(goneAway, { $set: anew })
  for (const connector of deps.connectors) {
    const mark = await marks.findOne({ _id: connector.name })
    if (mark?.done) continue
    const set = await catchUp(deps, connector, mark?.after ?? null)
    await marks.updateOne({ _id: connector.name }, { $set: set }, { upsert: true })
  }
}

/** Repeating it changes nothing: what is there already is not raised. */
async function catchUp(
  deps: CatchUpDeps,
  { name, wants }: Pick<Connector, 'name' | 'wants'>,
  after: SessionId | null,
): Promise<Omit<Mark, '_id'>> {
  const sessions = await deps.openChats(after, most)
  const owed = await headsIn(deps.connection, {
    session: { $in: sessions },
    type: { $in: [...wants] },
    origin: { $ne: name },
  })
  await raiseMissing(
    deps,
    [...owed].map(([session, head]) => ({ session, destination: name, head })),
  )
  return { after: sessions.at(-1) ?? after, done: sessions.length < most, isNew: false }
}
