import { type Connection, Schema } from 'mongoose'
import type { SessionId } from '../../contract/ids.ts'
import type { LinkId } from '../doorbell.ts'
import { linkId } from '../links/link.ts'
import { headsIn } from '../links/repair-links.ts'
import type { Connector, DestinationName } from '../port/connector.ts'
import { type RecentDeps, raiseMissing } from './recent.ts'

/** How far the open chats of a destination that is new, or has other places for threads, have been looked through. */
interface Mark {
  _id: DestinationName
  after: SessionId | null
  done: boolean
  isNew: boolean
  /** For which places. */
  places?: string
  /** What a sweep saw first: other processes know it by the next one. */
  seen?: string
}

const anew = { after: null, done: false, isNew: true }

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
    const set = await step(deps, connector, await marks.findOne({ _id: connector.name }))
    if (set) await marks.updateOne({ _id: connector.name }, { $set: set }, { upsert: true })
  }
}

type Catching = Pick<Connector, 'name' | 'wants' | 'places'>

async function step(deps: CatchUpDeps, connector: Catching, mark: Mark | null): Promise<Partial<Mark> | null> {
  const places = await connector.places?.()
  const at = places === undefined ? {} : { places, seen: places }
  const isElsewhere = mark !== null && places !== undefined && mark.places !== places
  if (isElsewhere && mark.seen !== places) return { seen: places }
  if (mark?.done && !isElsewhere) return null
  const progress = await catchUp(deps, connector, isElsewhere ? null : (mark?.after ?? null))
  return { ...progress, ...at }
}

/** Repeating it changes nothing: what is there already is not raised, and a thread that is where it is to be is left alone. */
async function catchUp(deps: CatchUpDeps, { name, wants }: Catching, after: SessionId | null): Promise<Partial<Mark>> {
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
  await lookAtThreads(
    deps,
    sessions.map((session) => linkId(session, name)),
  )
  return { after: sessions.at(-1) ?? after, done: sessions.length < most, isNew: false }
}

async function lookAtThreads({ links, doorbell }: CatchUpDeps, ids: readonly LinkId[]): Promise<void> {
  const known = { _id: { $in: [...ids] }, 'remote.thread': { $exists: true } }
  const there = await links.find(known, { projection: { _id: 1 } }).toArray()
  if (there.length === 0) return
  await links.updateMany(known, { $set: { 'outbound.behind': true, 'outbound.nextAt': 0 } })
  await doorbell.ring(there.map(({ _id: link }) => ({ kind: 'deliver', link })))
}
