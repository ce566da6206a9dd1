import type { Connection } from 'mongoose'
import type { AgentStatus } from '../../contract/agent.ts'
import type { AgentId } from '../../contract/ids.ts'
import { unlessThere } from '../../platform/duplicate-key.ts'
import { anewMs, readStatuses, type StatusEntry, statusEntriesOf } from './stored.ts'

/** An agent as they stand, and since when. */
export interface StatusNow {
  id: AgentId
  status: AgentStatus
  since: Date
}

interface NoteStatusesDeps {
  connection: Connection
  statusesNow(): Promise<readonly StatusNow[]>
  now(): number
}

/**
 * Writes down who stands otherwise than was written down last. Any number of processes may do so at once: what two of them
 * find is one entry.
 */
export async function noteStatuses({ connection, statusesNow, now }: NoteStatusesDeps): Promise<void> {
  // First what was written, so that who is there is at least as new.
  const at = now()
  const known = await readStatuses(connection, at, at + anewMs)
  for (const one of await statusesNow()) {
    const next = nextEntry(one, known.get(one.id)?.at(-1), at)
    if (next) await noteStatus(connection, next)
  }
}

/** One change, as it is heard of: so that none is missed which is over before the next look. */
export async function noteStatus(connection: Connection, entry: StatusEntry): Promise<void> {
  await statusEntriesOf(connection)
    .insertOne({ ...entry })
    .catch(unlessThere)
}

/** Null: that was written, not long ago. */
function nextEntry({ id, status, since }: StatusNow, before: StatusEntry | undefined, now: number): StatusEntry | null {
  if (before?.status === status)
    return before.at.getTime() > now - anewMs ? null : { agent: id, status, at: new Date(now) }
  // A node whose clock is behind dates a change before the one that it follows, or two have the same instant.
  // Older ones than are looked at would be written again and again, and never be known.
  const earliest = before ? before.at.getTime() + 1 : now - anewMs
  return { agent: id, status, at: new Date(Math.max(since.getTime(), earliest)) }
}
