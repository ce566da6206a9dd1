import type { Connection } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { StartedErasure, VisitorQuery } from '../../contract/privacy.ts'
import type { Ids } from '../../platform/ids.ts'
import { type Erasure, erasuresOf, newErasure } from './erasures.ts'
import { chatsOf, keptChatsOf } from './find-chats.ts'

const batch = 500

/** Puts all chats of a visitor down to be erased; a sweep does it. Throws `not_found` when there is none. */
export async function requestErasure(
  deps: { connection: Connection; ids: Pick<Ids, 'token'>; now(): number },
  query: VisitorQuery,
  by: string,
  inboxes: readonly string[],
): Promise<StartedErasure> {
  const asked = { request: `era_${deps.ids.token()}`, reason: 'request', by, at: new Date(deps.now()) } as const
  const found = keptChatsOf(deps.connection).find(chatsOf(query, inboxes), {
    projection: { 'state.visitor.id': 1, 'state.inbox': 1 },
  })
  const erasures = erasuresOf(deps.connection)
  let waiting: Erasure[] = []
  let chats = 0
  const store = async () => {
    if (waiting.length > 0) await erasures.insertMany(waiting)
    chats += waiting.length
    waiting = []
  }
  for await (const { _id: session, state } of found) {
    waiting.push(newErasure({ session, visitor: state.visitor.id, inbox: state.inbox }, asked))
    if (waiting.length === batch) await store()
  }
  await store()
  if (chats === 0) throw new DeskbridgeError('not_found')
  return { id: asked.request, chats }
}
