import type { KeyIdentity } from '../../access/who.ts'
import type { MessageByKey, WritesAs } from '../../contract/by-key.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { Actor, LogEvent } from '../../contract/event.ts'
import { AgentId, type EventKey, KeyId } from '../../contract/ids.ts'
import type { Agents } from '../agents/agents.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { messageKey, participantIn } from './message-key.ts'
import { type SayDeps, say } from './send-message.ts'

interface ByKeyDeps extends SayDeps {
  agents: Pick<Agents, 'find' | 'withEmail'>
}

/**
 * What another system writes, within its key's own limit. `once`: names the message where it has no id of its own. Throws
 * what `say` throws, `not_found` for an agent who may not see the chat, `agent_inactive`.
 */
export async function sayByKey(
  deps: ByKeyDeps,
  { id: session, inbox, visitor }: SessionSummary,
  key: KeyIdentity,
  message: MessageByKey,
  once: EventKey | undefined,
): Promise<LogEvent> {
  const { as, clientMessageId, isInternal: internal, ...said } = message
  const named = clientMessageId === undefined ? once : messageKey(key, clientMessageId)
  if (named === undefined) throw nameless()
  const actor = await writerOf(deps, as, { key, inbox, visitor })
  return say(deps, { session, key: named, actor, internal, ...said }, { by: participantIn(key), ip: undefined })
}

type In = Pick<SessionSummary, 'inbox' | 'visitor'> & { key: KeyIdentity }

async function writerOf(deps: ByKeyDeps, as: WritesAs, { key, inbox, visitor }: In): Promise<Actor> {
  if (as === 'visitor') return { kind: 'visitor', id: visitor.id, ...(visitor.name && { name: visitor.name }) }
  if (as === 'bot') return botOf(key, key.name)
  return 'bot' in as ? botOf(key, as.bot) : agentIn(deps, as.agent, inbox)
}

/** The key that stands in the settings is none of another system's. */
function botOf({ id }: KeyIdentity, name: string): Actor {
  const key = KeyId.safeParse(id)
  if (!key.success) throw new DeskbridgeError('forbidden')
  return { kind: 'bot', id: key.data, name }
}

async function agentIn({ agents }: ByKeyDeps, named: string, inbox: string): Promise<Actor> {
  const isId = AgentId.safeParse(named).success
  const agent = await (isId ? agents.find(named) : agents.withEmail(named))
  const isTheirs = agent && (agent.inboxes.length === 0 || agent.inboxes.includes(inbox))
  if (!isTheirs) throw new DeskbridgeError('not_found', { details: { field: 'as.agent' } })
  if (agent.deactivatedAt) throw new DeskbridgeError('agent_inactive')
  const { _id: id, name, picture } = agent
  return { kind: 'agent', id, name, ...(picture && { picture }) }
}

const nameless = () =>
  new DeskbridgeError('invalid_input', {
    details: [{ path: 'clientMessageId', problem: 'is needed without an Idempotency-Key' }],
  })
