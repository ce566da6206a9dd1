import type { Visitor } from '../../contract/event.ts'
import type { SessionId } from '../../contract/ids.ts'
import { bytesFrom, createIds, type Ids } from '../../platform/ids.ts'
import type { ChatDeps } from '../chat.ts'
import type { Started } from './start-session.ts'

export interface Begun extends Started {
  visitor: Pick<Visitor, 'id' | 'name' | 'externalId'>
}

/**
 * Starts a chat that is one chat however often the request `once` is made: its id comes from that, so that a repeat after a
 * crash finds it there, and one of two that come at once the other's.
 */
export async function startOnce(
  deps: Pick<ChatDeps, 'log' | 'ids'>,
  once: string | undefined,
  start: (ids: Ids) => Promise<Begun>,
): Promise<Begun> {
  if (once === undefined) return start(deps.ids)
  const session: SessionId = createIds(bytesFrom(once)).session()
  const begun = async () => {
    const there = await deps.log.state(session)
    return there && { session, epoch: there.epoch, visitor: there.visitor }
  }
  const before = await begun()
  if (before) return before
  return start({ ...deps.ids, session: () => session }).catch(async (error: unknown) => {
    const meanwhile = await begun()
    if (meanwhile) return meanwhile
    throw error
  })
}
