import type { Staff } from '../../access/who.ts'
import type { ChangeCanned, CreateCanned } from '../../contract/canned.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { CannedId } from '../../contract/ids.ts'
import { checkRoom, type WriteDeps } from './create-canned.ts'
import { getCanned } from './find-canned.ts'
import { authorOf, checkTemplate, derived, mayWrite, type StoredCanned } from './stored.ts'

/** Changes what `version` says was read; what somebody changed since is left alone: `version_conflict`. */
export async function changeCanned(
  deps: WriteDeps,
  id: CannedId,
  { version, ...change }: ChangeCanned,
  by: Staff,
): Promise<StoredCanned> {
  const before = await getCanned(deps.responses, id, by.inboxes)
  mayWrite(by, before.inbox)
  const wanted = changed(before, change)
  checkTemplate(wanted.text)
  if (wanted.inbox !== before.inbox) {
    mayWrite(by, wanted.inbox)
    await checkRoom(deps, wanted.inbox)
  }
  const news = { ...wanted, ...derived(wanted), updatedAt: new Date(deps.now()), updatedBy: authorOf(by) }
  const held = await deps.shortcuts.held(before.claim, id)
  const isNew = news.claim !== before.claim
  if (isNew && news.claim !== null) await deps.shortcuts.claim(news.claim, id)
  const after = await deps.responses.findOneAndUpdate(
    { _id: id, version },
    { $set: news, $inc: { version: 1 } },
    { returnDocument: 'after' },
  )
  if (!after) throw await conflict(deps, id, news.claim)
  if (isNew) await deps.shortcuts.release(held)
  return after
}

/** Throws `version_conflict` for one that was changed since it was read. */
export async function deleteCanned(deps: WriteDeps, id: CannedId, version: number, by: Staff): Promise<void> {
  const before = await getCanned(deps.responses, id, by.inboxes)
  mayWrite(by, before.inbox)
  const held = await deps.shortcuts.held(before.claim, id)
  const { deletedCount } = await deps.responses.deleteOne({ _id: id, version })
  if (deletedCount === 0) throw await conflict(deps, id)
  await deps.shortcuts.release(held)
}

/** What was claimed for nothing is let go of, unless it is what the response has by now. */
async function conflict(deps: WriteDeps, id: CannedId, claimed: string | null = null): Promise<DeskbridgeError> {
  const now = await deps.responses.findOne({ _id: id })
  if (now?.claim !== claimed) await deps.shortcuts.release(await deps.shortcuts.held(claimed, id))
  return now
    ? new DeskbridgeError('version_conflict', { details: { version: now.version } })
    : new DeskbridgeError('not_found')
}

/** What is not named stays; null is a value. */
const changed = (before: CreateCanned, change: Omit<ChangeCanned, 'version'>): CreateCanned => ({
  inbox: change.inbox === undefined ? before.inbox : change.inbox,
  name: change.name ?? before.name,
  shortcut: change.shortcut === undefined ? before.shortcut : change.shortcut,
  text: change.text ?? before.text,
  category: change.category === undefined ? before.category : change.category,
  tags: change.tags ?? before.tags,
  isActive: change.isActive ?? before.isActive,
})
