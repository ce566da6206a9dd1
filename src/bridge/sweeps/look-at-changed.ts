import { type Connection, Schema } from 'mongoose'
import type { Wait } from '../../platform/clock.ts'
import type { Budgets } from '../budgets/reserve.ts'
import type { Arrivals } from '../port/arrival.ts'
import type { Connector, DestinationName } from '../port/connector.ts'

interface Mark {
  _id: DestinationName
  cursor: string
}

export const changesModel = (connection: Connection) =>
  connection.model('ChangesRead', new Schema({ _id: String }, { versionKey: false, strict: false }), 'changes_read')

type SaysWhatChanged = Connector & Required<Pick<Connector, 'changedSince'>>
export const saysWhatChanged = (connector: Connector): connector is SaysWhatChanged =>
  connector.changedSince !== undefined

export interface ChangedDeps {
  connection: Connection
  arrivals: Pick<Arrivals, 'look'>
  budgets: Budgets
  now(): number
  wait: Wait
}

/** Pages of one remote in one sweep; the next takes the next ones. */
const most = 20

/**
 * Asks a remote which threads changed since it was last asked, and has those of ours looked at: what a lost push would have
 * said. Also where the last change is ours: somebody else's may be of the same second. The cursor moves once all of a page
 * is remembered.
 */
export async function lookAtChanged(deps: ChangedDeps, connector: SaysWhatChanged): Promise<void> {
  const { changedSince, lookBudget } = connector
  const marks = deps.connection.collection<Mark>('changes_read')
  let cursor = (await marks.findOne({ _id: connector.name }))?.cursor ?? null
  for (let page = 0; page < most; page += 1) {
    const slot = lookBudget && (await deps.budgets.reserve(lookBudget, { share: '', lane: 'normal', again: page > 0 }))
    if (slot && !slot.granted) return
    // What was given cannot be taken back; it never lies far ahead.
    if (slot && slot.at > deps.now()) await deps.wait(slot.at - deps.now())
    const { threads, next, more } = await changedSince(cursor)
    for (const thread of threads) await deps.arrivals.look(connector.name, thread)
    await marks.updateOne({ _id: connector.name }, { $set: { cursor: next } }, { upsert: true })
    cursor = next
    if (!more) return
  }
}
