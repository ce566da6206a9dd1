import { DeskbridgeError } from '../../contract/errors.ts'
import { EventKey, type SessionId } from '../../contract/ids.ts'
import type { Caller, ChatDeps } from '../chat.ts'
import { openSession } from '../sessions/open-session.ts'

/** Says in the chat that an agent is no longer part of it. */
export async function leaveAgent(
  deps: Pick<ChatDeps, 'log'>,
  session: SessionId,
  agent: Extract<Caller, { kind: 'agent' }>,
): Promise<void> {
  const now = await openSession(deps, session)
  if (!now.agents.some(({ id }) => id === agent.id)) return
  await deps.log.append({
    session,
    key: EventKey.parse(`auto:left:${agent.id}:${now.seq}`),
    decide: (state) =>
      state
        ? { append: { type: 'agent_left', actor: agent, origin: 'deskbridge', body: {} } }
        : { refuse: new DeskbridgeError('not_found') },
  })
}
