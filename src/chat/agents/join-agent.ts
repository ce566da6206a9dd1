import { DeskbridgeError } from '../../contract/errors.ts'
import { EventKey, type SessionId } from '../../contract/ids.ts'
import type { Caller, ChatDeps } from '../chat.ts'
import { openSession } from '../sessions/open-session.ts'

/** Says in the chat that an agent is there, once until they leave. */
export async function joinAgent(
  deps: Pick<ChatDeps, 'log'>,
  session: SessionId,
  agent: Extract<Caller, { kind: 'agent' }>,
): Promise<void> {
  for (;;) {
    const now = await openSession(deps, session)
    if (now.agents.some(({ id }) => id === agent.id)) return
    const joined = await deps.log
      .append({
        session,
        key: EventKey.parse(`auto:joined:${agent.id}:${now.seq}`),
        decide: (state) =>
          state?.seq === now.seq
            ? { append: { type: 'agent_joined', actor: agent, origin: 'deskbridge', body: {} } }
            : { refuse: new DeskbridgeError('already_exists') },
      })
      .catch((error: unknown) => {
        if (error instanceof DeskbridgeError && error.code === 'already_exists') return null
        throw error
      })
    if (joined) return
  }
}
