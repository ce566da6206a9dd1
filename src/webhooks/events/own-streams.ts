import type { AgentStatus } from '../../contract/agent.ts'
import type { AgentId, EventId } from '../../contract/ids.ts'
import type { PayloadOf } from '../../contract/webhook-event.ts'

/** An event of a stream beside the chats' logs. */
interface Happened {
  eventId: EventId
  at: Date
}

const about = ({ eventId }: Happened) => ({ eventId, version: 1 as const })
const when = ({ at }: Happened) => ({ timestamp: at.toISOString() })

/** Of a change that `Statuses` tells, with the agent's name. */
export const agentStatusChanged = (
  event: Happened,
  agent: { id: AgentId; name: string },
  { inboxes, from, to }: { inboxes: readonly string[]; from: AgentStatus; to: AgentStatus },
): PayloadOf<'agent.status_changed'> => ({
  type: 'agent.status_changed',
  ...when(event),
  data: { ...about(event), agent: { id: agent.id, name: agent.name }, inboxes: [...inboxes], from, to },
})

export const endpointDisabled = (
  event: Happened,
  endpoint: { id: string; url: string },
  { reason, failingSince }: { reason: 'gone' | 'failing'; failingSince: Date | null },
): PayloadOf<'endpoint.disabled'> => ({
  type: 'endpoint.disabled',
  ...when(event),
  data: {
    ...about(event),
    endpoint: { id: endpoint.id, host: new URL(endpoint.url).host },
    reason,
    failingSince: failingSince?.toISOString() ?? null,
  },
})
