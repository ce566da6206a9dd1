import type { Inbox, VersionedInbox } from '../../../src/contract/inbox.ts'
import { Problem } from '../frame/problem.ts'
import type { InboxCalls } from './calls.ts'
import { changesOf, clashesOf, conflictWords, rebased } from './changes.ts'

interface SaveDeps {
  calls: Pick<InboxCalls, 'one' | 'change'>
  /** What is there now, and what is typed over it. */
  onRead(now: VersionedInbox, mine: Inbox): void
}

/** Somebody else would have to save that often in a moment. */
const mostTries = 3

/** Writes on top of exactly what it has compared with. What others have changed elsewhere stays theirs. */
export async function saveChanges(deps: SaveDeps, base: Inbox, mine: Inbox, tries = 1): Promise<VersionedInbox> {
  const { calls, onRead } = deps
  const change = changesOf(base, mine)
  const now = await calls.one(base.key)
  const next = rebased(base, now, mine)
  onRead(now, next)
  const clashes = clashesOf(base, now, change)
  if (clashes.length > 0) throw new Problem('version_conflict', conflictWords(clashes))
  try {
    return await calls.change(base.key, { ...change, version: now.version })
  } catch (error) {
    const isOvertaken = error instanceof Problem && error.code === 'version_conflict'
    if (isOvertaken && tries < mostTries) return saveChanges(deps, now, next, tries + 1)
    throw error
  }
}
