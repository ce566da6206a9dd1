import { type Connection, Schema } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'

/** More are a sign that something makes them by itself. */
export const mostViews = 200
/** A name without a view, older than any write under way, was left by a process that died. ms */
const forgottenAfterMs = 60_000

interface Taken {
  /** In lower case. */
  name: string
  view: string
  at: Date
}

interface Directory {
  _id: 'names'
  taken: Taken[]
}

const schema = new Schema({ _id: String }, { versionKey: false, strict: false, minimize: false })
export const viewNamesModel = (connection: Connection) =>
  connection.model('ReportViewNames', schema, 'report_view_names')

/** Which names the views have: one document, so that neither a name nor the last place is had twice. */
export interface Names {
  /** A place and a name for a new view. Throws `already_exists`, `too_many`. */
  take(name: string, view: string): Promise<void>
  /** Another name for one that has a place. Throws `already_exists`. */
  rename(view: string, from: string, to: string): Promise<Renamed>
  release(view: string): Promise<void>
}

interface Renamed {
  /** The name before is free. */
  done(): Promise<void>
  /** The new one is. */
  undo(): Promise<void>
}

const keyOf = (name: string) => name.toLowerCase()

export function createNames(deps: {
  connection: Connection
  /** What these views are called; those that are not there are left out. */
  calledNow(views: readonly string[]): Promise<ReadonlyMap<string, string>>
  now(): number
}): Names {
  const directory = deps.connection.collection<Directory>('report_view_names')
  const _id = 'names' as const

  const add = async (name: string, view: string, room: object): Promise<boolean> => {
    await directory.updateOne({ _id }, { $setOnInsert: { taken: [] } }, { upsert: true })
    const taken: Taken = { name: keyOf(name), view, at: new Date(deps.now()) }
    const free = { _id, 'taken.name': { $ne: taken.name }, ...room }
    return (await directory.updateOne(free, { $push: { taken } })).matchedCount === 1
  }

  /** Names of views that never came to be, are gone or are called otherwise. Answers whether there were any. */
  const clear = async (): Promise<boolean> => {
    const { taken = [] } = (await directory.findOne({ _id })) ?? {}
    const old = taken.filter(({ at }) => at.getTime() < deps.now() - forgottenAfterMs)
    const called = await deps.calledNow(old.map(({ view }) => view))
    const lost = old.filter(({ name, view }) => keyOf(called.get(view) ?? '') !== name)
    for (const { name, view, at } of lost) await directory.updateOne({ _id }, { $pull: { taken: { name, view, at } } })
    return lost.length > 0
  }

  const refusal = async (name: string): Promise<DeskbridgeError> => {
    const isTaken = (await directory.findOne({ _id, 'taken.name': keyOf(name) })) !== null
    return isTaken
      ? new DeskbridgeError('already_exists', { details: { name } })
      : new DeskbridgeError('too_many', { details: { most: mostViews } })
  }

  const insist = async (name: string, view: string, room: object): Promise<void> => {
    if (await add(name, view, room)) return
    if ((await clear()) && (await add(name, view, room))) return
    throw await refusal(name)
  }

  const drop = async (view: string, name: string) => {
    await directory.updateOne({ _id }, { $pull: { taken: { view, name: keyOf(name) } } })
  }

  return {
    take: (name, view) => insist(name, view, { [`taken.${mostViews - 1}`]: { $exists: false } }),
    async rename(view, from, to) {
      if (keyOf(from) === keyOf(to)) return { done: async () => {}, undo: async () => {} }
      await insist(to, view, {})
      return { done: () => drop(view, from), undo: () => drop(view, to) }
    },
    async release(view) {
      await directory.updateOne({ _id }, { $pull: { taken: { view } } })
    },
  }
}
