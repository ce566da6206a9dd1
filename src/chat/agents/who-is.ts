import type { RemoteAuthor } from '../../bridge/conversation.ts'
import type { Actor } from '../../contract/event.ts'
import type { SessionId } from '../../contract/ids.ts'
import type { ChatDeps } from '../chat.ts'
import type { Agent, Agents } from './agents.ts'

export interface WhoIsDeps extends Pick<ChatDeps, 'log' | 'pictures'> {
  agents: Pick<Agents, 'withEmail'>
}

/** Who somebody is in a chat who writes elsewhere: the agent whose email they have, if the chat is for them to see. */
export async function whoIs(
  deps: WhoIsDeps,
  { id, name, email, picture: remote }: RemoteAuthor,
  { session, system }: { session: SessionId; system: string },
): Promise<Actor> {
  const agent = email === undefined ? null : await agentFor(deps, email, session)
  const picture = agent?.picture ?? (remote && (await deps.pictures.takeIn(remote)))
  const shown = picture ? { picture } : {}
  return agent
    ? { kind: 'agent', id: agent._id, name: agent.name, ...shown }
    : { kind: 'colleague', system, id, name, ...shown }
}

async function agentFor({ agents, log }: WhoIsDeps, email: string, session: SessionId): Promise<Agent | null> {
  const agent = await agents.withEmail(email)
  if (!agent || agent.deactivatedAt) return null
  if (agent.inboxes.length === 0) return agent
  const inbox = (await log.state(session))?.inbox
  return inbox !== undefined && agent.inboxes.includes(inbox) ? agent : null
}
