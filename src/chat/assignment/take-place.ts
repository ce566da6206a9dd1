import { DeskbridgeError } from '../../contract/errors.ts'
import type { AgentId, Seq, SessionId } from '../../contract/ids.ts'
import type { Places } from './places.ts'
import { hasRoom } from './rank-agents.ts'
import { type SettleDeps, settlePlaces } from './settle-places.ts'

/** A place because somebody asked for it; false when the chat has changed hands meanwhile. Throws `not_found`, `agent_offline`, `agent_full`. */
export async function takePlace(
  deps: SettleDeps & { places: Places },
  agent: AgentId,
  chat: { session: SessionId; after: Seq },
  isOverride: boolean,
): Promise<boolean> {
  for (;;) {
    const member = await deps.places.member(agent)
    if (!member) throw new DeskbridgeError('not_found')
    const demand = isOverride
      ? ({ kind: 'overridden' } as const)
      : ({ kind: 'asked', capacity: member.capacity } as const)
    if (await deps.places.take(agent, chat, demand)) return true
    // A place left over from an earlier time that the chat was theirs stands in the way of a new one.
    if ((await settlePlaces(deps, chat.session)) > 0) continue
    const now = await deps.places.member(agent)
    if (now?.status === 'offline') throw new DeskbridgeError('agent_offline')
    if (!isOverride && now && !hasRoom(now)) throw new DeskbridgeError('agent_full')
    if (now?.reserved.some(({ session }) => session === chat.session)) return false
  }
}
