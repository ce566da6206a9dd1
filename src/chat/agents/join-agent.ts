import { DeskbridgeError } from '../../contract/errors.ts'
import { EventKey, type SessionId } from '../../contract/ids.ts'
import type { Caller, ChatDeps } from '../chat.ts'

/** Says in the chat that an agent is there, once for each agent. */
export async function joinAgent(
  deps: Pick<ChatDeps, 'log'>,
  session: SessionId,
  agent: Extract<Caller, { kind: 'agent' }>,
): Promise<void> {
  await deps.log.append({
    session,
    key: EventKey.parse(`auto:joined:${agent.id}`),
    decide: (state) =>
      state
        ? { append: { type: 'agent_joined', actor: agent, origin: 'deskbridge', body: {} } }
        : { refuse: new DeskbridgeError('not_found') },
  })
}
