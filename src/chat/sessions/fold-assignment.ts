import type { EventOf } from '../../contract/event.ts'
import type { AgentId } from '../../contract/ids.ts'
import type { SessionSummary } from './summary.ts'

type AssignmentEvent = EventOf<'assigned'> | EventOf<'unassigned'> | EventOf<'transferred'>

/** Who a chat belongs to after one of these events. A closed one belongs to nobody, whatever comes late. */
export function foldAssignment(state: SessionSummary, event: AssignmentEvent): SessionSummary {
  if (state.status === 'closed') return state
  switch (event.type) {
    case 'assigned':
      return given(state, event.body.agent, event.at)
    case 'unassigned':
      return {
        ...waiting(withoutAssignee(state), event.at),
        passedBy: event.body.reason === 'no_answer' ? [...state.passedBy, event.body.agent.id] : state.passedBy,
      }
    case 'transferred': {
      const { to } = event.body
      const free = withoutAssignee(state)
      return to.kind === 'agent' ? given(free, to.agent, event.at) : { ...waiting(free, event.at), team: to.team }
    }
  }
}

/** Back in the queue, at the place that it had if nobody has answered since. */
export const waiting = (state: SessionSummary, at: Date): SessionSummary => ({
  ...state,
  status: 'queued',
  waitingSince: state.waitingSince ?? at,
})

/** Somebody has answered, or it has ended. */
export const served = (state: SessionSummary): SessionSummary => ({
  ...state,
  waitingSince: null,
  passedBy: [],
  said: [],
  offline: false,
})

function given(state: SessionSummary, agent: { id: AgentId; name: string }, since: Date): SessionSummary {
  const isThere = state.agents.some(({ id }) => id === agent.id)
  return {
    ...state,
    status: 'active',
    assignee: { id: agent.id, name: agent.name, since },
    lastAssignee: agent.id,
    agents: isThere ? state.agents : [...state.agents, { id: agent.id, name: agent.name }],
  }
}

const withoutAssignee = (state: SessionSummary): SessionSummary => ({
  ...state,
  assignee: null,
  agents: state.agents.filter(({ id }) => id !== state.assignee?.id),
})
