import type { Connection } from 'mongoose'
import type { Inbox } from '../../contract/inbox.ts'
import { repeatsIn } from '../../platform/duplicate-key.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import { type Erasure, erasuresOf, newErasure } from './erasures.ts'
import { keptChatsOf } from './find-chats.ts'

interface Deps {
  connection: Connection
  inboxes: Pick<Inboxes, 'list'>
  now(): number
}

/** Chats of one inbox put down in one round; the next takes the next ones. */
const most = 100
const day = 86_400_000

/** Puts chats down to be erased that were closed longer ago than their inbox keeps them, oldest first. */
export async function eraseOldChats(deps: Deps): Promise<void> {
  for (const { key, retentionDays } of await deps.inboxes.list())
    if (retentionDays !== null) await eraseOldOf(deps, key, retentionDays)
}

async function eraseOldOf(deps: Deps, inbox: Inbox['key'], retentionDays: number): Promise<void> {
  const at = new Date(deps.now())
  const before = new Date(deps.now() - retentionDays * day)
  const old = await keptChatsOf(deps.connection)
    .find({ 'state.inbox': inbox, 'state.status': 'closed', 'state.keptSince': { $lte: before } })
    .sort({ 'state.keptSince': 1 })
    .limit(most)
    .toArray()
  const asked = {
    request: `ret_${inbox}_${at.toISOString().slice(0, 10)}`,
    reason: 'retention',
    by: 'retention',
    at,
  } as const
  const erasures = old.map(({ _id: session, state }) =>
    newErasure({ session, visitor: state.visitor.id, inbox }, asked),
  )
  await put(deps.connection, erasures)
}

/** Of what was put down before and has not come to its log yet, nothing is put down again. */
async function put(connection: Connection, wanted: readonly Erasure[]): Promise<void> {
  const erasures = erasuresOf(connection)
  const sessions = wanted.map(({ session }) => session)
  const found = await erasures
    .find({ session: { $in: sessions }, state: 'pending' }, { projection: { session: 1 } })
    .toArray()
  const pending = new Set(found.map(({ session }) => session))
  const missing = wanted.filter(({ session }) => !pending.has(session))
  if (missing.length === 0) return
  await erasures.insertMany(missing, { ordered: false }).catch(repeatsIn)
}
