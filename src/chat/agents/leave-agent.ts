import { DeskbridgeError } from '../../contract/errors.ts'
import { EventKey, type Seq, type SessionId } from '../../contract/ids.ts'
import { releaseChat } from '../assignment/release-chat.ts'
import type { Caller, ChatDeps } from '../chat.ts'
import { openSession } from '../sessions/open-session.ts'

type Agent = Extract<Caller, { kind: 'agent' }>

/** Says in the chat that an agent is no longer part of it; it goes back to the queue if it was theirs. */
export async function leaveAgent(deps: Pick<ChatDeps, 'log'>, session: SessionId, agent: Agent): Promise<void> {
  const now = await openSession(deps, session)
  if (now.agents.some(({ id }) => id === agent.id)) await sayLeft(deps, session, now.seq, agent)
  // As an agent, whatever their role: a supervisor who leaves takes the chat from nobody.
  await releaseChat(deps, session, { ...agent, role: 'agent' }).catch((error: unknown) => {
    if (!(error instanceof DeskbridgeError && error.code === 'not_assigned')) throw error
  })
}

async function sayLeft(deps: Pick<ChatDeps, 'log'>, session: SessionId, seq: Seq, agent: Agent): Promise<void> {
  await deps.log.append({
    session,
    key: EventKey.parse(`auto:left:${agent.id}:${seq}`),
    decide: (state) =>
      state
        ? { append: { type: 'agent_left', actor: agent, origin: 'deskbridge', body: {} } }
        : { refuse: new DeskbridgeError('not_found') },
  })
}
