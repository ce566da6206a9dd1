import type { EventOf } from '../../contract/event.ts'
import type { AgentId } from '../../contract/ids.ts'
import type { SessionSummary } from './summary.ts'

type AssignmentEvent = EventOf<'assigned'> | EventOf<'unassigned'> | EventOf<'transferred'>

/** Who a chat belongs to after one of these events. A closed one belongs to nobody, whatever comes late. */
export function foldAssignment(state: SessionSummary, event: AssignmentEvent): SessionSummary {
  if (state.status === 'closed') return state
  switch (event.type) {
    case 'assigned':
      return given(withoutAssignee(state), event.body.agent, event.at)
    case 'unassigned':
      return {
        ...waiting(withoutAssignee(state), event.at),
        passedBy: event.body.reason === 'offline' ? state.passedBy : passed(state),
      }
    case 'transferred': {
      const { to } = event.body
      const free = withoutAssignee(state)
      return to.kind === 'agent'
        ? given(free, to.agent, event.at)
        : { ...waiting(free, event.at), team: to.team, passedBy: passed(state) }
    }
  }
}

/** Notes where a chat changed hands, whatever made it do so. */
export function handed(before: SessionSummary, after: SessionSummary, at: Date): SessionSummary {
  const stays = before.status === after.status && before.assignee === after.assignee && before.team === after.team
  if (stays) return after
  const isServed = before.status === 'queued' && after.status === 'active'
  return { ...after, hands: after.seq, servedAt: isServed ? at : after.servedAt }
}

/** Somebody is to be found for it. A chat in which the visitor has said nothing yet keeps nobody busy. */
export const isWaiting = (state: SessionSummary): state is SessionSummary & { waitingSince: Date } =>
  state.status === 'queued' && state.waitingSince !== null && !state.offline

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
  alerted: [],
  offline: false,
})

function given(state: SessionSummary, agent: { id: AgentId; name: string }, since: Date): SessionSummary {
  const isThere = state.agents.some(({ id }) => id === agent.id)
  return {
    ...state,
    status: 'active',
    assignee: { id: agent.id, name: agent.name, since, after: state.hands },
    lastAssignee: agent.id,
    agents: isThere ? state.agents : [...state.agents, { id: agent.id, name: agent.name }],
  }
}

/** Whoever gives it away or loses it is asked last. */
const passed = ({ passedBy, assignee }: SessionSummary): AgentId[] =>
  assignee && !passedBy.includes(assignee.id) ? [...passedBy, assignee.id] : passedBy

const withoutAssignee = (state: SessionSummary): SessionSummary => ({
  ...state,
  assignee: null,
  agents: state.agents.filter(({ id }) => id !== state.assignee?.id),
})
