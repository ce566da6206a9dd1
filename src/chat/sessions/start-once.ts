import type { Visitor } from '../../contract/event.ts'
import type { SessionId } from '../../contract/ids.ts'
import { bytesFrom, createIds, type Ids } from '../../platform/ids.ts'
import type { ChatDeps } from '../chat.ts'
import type { Started } from './start-session.ts'

export interface Begun extends Started {
  visitor: Pick<Visitor, 'id' | 'name'>
}

/**
 * Starts a chat that is one chat however often the request `once` is made: its id comes from that, so that a repeat after a
 * crash finds it there.
 */
export async function startOnce(
  deps: Pick<ChatDeps, 'log' | 'ids'>,
  once: string | undefined,
  start: (ids: Ids) => Promise<Begun>,
): Promise<Begun> {
  if (once === undefined) return start(deps.ids)
  const session: SessionId = createIds(bytesFrom(once)).session()
  const there = await deps.log.state(session)
  if (there) return { session, epoch: there.epoch, visitor: there.visitor }
  return start({ ...deps.ids, session: () => session })
}
