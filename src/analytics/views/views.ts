import { isDeepStrictEqual } from 'node:util'
import type { Connection } from 'mongoose'
import type { Staff } from '../../access/who.ts'
import type { ChangeView, Digest, NewView, SavedView } from '../../contract/analytics.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { sendingFrom } from '../digests/sending.ts'
import { createNames, viewNamesModel } from './names.ts'
import { findView, isWithin, type StoredView, shown, viewModel, viewsOf } from './stored.ts'

export const viewModels = [viewModel, viewNamesModel]

type Limits = Pick<Staff, 'inboxes'>

/** Questions that are asked again and again, shared by all who may see what they name. */
export interface Views {
  /** Sorted by name. */
  list(by: Limits): Promise<SavedView[]>
  /** Throws `forbidden`, `not_found`, `already_exists`, `too_many`, and what a digest is refused with. */
  create(wanted: NewView, by: Limits): Promise<SavedView>
  /** Throws `version_conflict` for one that was changed since it was read, and what `create` throws. */
  change(id: string, change: ChangeView, by: Limits): Promise<SavedView>
  /** Throws `not_found`. */
  remove(id: string, by: Limits): Promise<void>
}

export interface ViewsDeps {
  connection: Connection
  /** Throws `not_found`. */
  inboxes: { get(key: string): Promise<unknown> }
  /** Throws for a digest that could not be sent from here. */
  checkDigest(digest: Digest): void
  /** Throws `invalid_input` for a question that no report answers. */
  checkQuestion(view: NewView): void
  newId(): string
  now(): number
}

export function createViews(deps: ViewsDeps): Views {
  const { connection, checkDigest, checkQuestion, newId, now } = deps
  const views = viewsOf(connection)
  const names = createNames({
    connection,
    async calledNow(ids) {
      const there = await views.find({ _id: { $in: [...ids] } }, { projection: { name: 1 } }).toArray()
      return new Map(there.map(({ _id, name }) => [_id, name]))
    },
    now,
  })

  const mayBeOf = async (inboxes: readonly string[], by: Limits) => {
    if (by.inboxes.length > 0 && inboxes.length === 0) throw new DeskbridgeError('forbidden')
    if (!isWithin({ inboxes: [...inboxes] }, by.inboxes)) throw new DeskbridgeError('not_found')
    for (const inbox of inboxes) await deps.inboxes.get(inbox)
  }

  /** Only while it is as it was read. */
  const put = async ({ _id, version }: StoredView, set: object): Promise<StoredView> => {
    const change = { $set: set, $inc: { version: 1 } }
    const changed = await views.findOneAndUpdate({ _id, version }, change, { returnDocument: 'after' })
    if (!changed) throw new DeskbridgeError('version_conflict')
    return changed
  }

  return {
    async list({ inboxes: own }) {
      const all = await views.find().toArray()
      const seen = all.filter((view) => isWithin(view, own)).map(shown)
      return seen.sort((one, other) => one.name.localeCompare(other.name, 'en'))
    },
    async create(wanted, by) {
      await mayBeOf(wanted.inboxes, by)
      checkQuestion(wanted)
      if (wanted.digest) checkDigest(wanted.digest)
      const _id = newId()
      await names.take(wanted.name, _id)
      const sending = sendingFrom(wanted.digest, null, now())
      const view: StoredView = { _id, ...wanted, version: 1, createdAt: new Date(now()), sending }
      await views.insertOne(view)
      return shown(view)
    },
    async change(id, { version, ...change }, by) {
      const before = await findView(connection, id, by.inboxes)
      if (version !== undefined && version !== before.version) throw new DeskbridgeError('version_conflict')
      if (change.inboxes) await mayBeOf(change.inboxes, by)
      if (change.by ?? change.filter ?? change.period) checkQuestion({ ...before, ...given(change) })
      if (change.digest) checkDigest(change.digest)
      const set = { ...given(change), ...newlyTimed(before, change.digest, now()) }
      if (Object.keys(set).length === 0) return shown(before)
      const renamed = await names.rename(id, before.name, change.name ?? before.name)
      try {
        const after = await put(before, set)
        await renamed.done()
        return shown(after)
      } catch (error) {
        await renamed.undo()
        throw error
      }
    },
    async remove(id, by) {
      const { _id } = await findView(connection, id, by.inboxes)
      await views.deleteOne({ _id })
      await names.release(_id)
    },
  }
}

const given = (change: Omit<ChangeView, 'version'>): Partial<StoredView> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))

/**
 * Another time begins anew. With other recipients alone the one that is due goes on, whoever was about to send it stops, and
 * it is tried at once.
 */
function newlyTimed({ digest: before, sending }: StoredView, digest: Digest | null | undefined, now: number): object {
  if (digest === undefined || isDeepStrictEqual(digest, before)) return {}
  if (digest && before && isDeepStrictEqual({ ...digest, to: before.to }, before)) return { 'sending.claim': null }
  return { sending: sendingFrom(digest, sending.last, now) }
}
