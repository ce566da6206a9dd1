import type { SignIn } from '../../access/sign-in/sign-in.ts'
import type { Standing } from '../../access/standing.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { Agent, Agents } from './agents.ts'
import type { Statuses } from './statuses.ts'

interface Deps {
  agents: Agents
  signIn: Pick<SignIn, 'endAll'>
  standing: Pick<Standing, 'changed'>
  statuses: Pick<Statuses, 'retire'>
}

/** Out of every browser and every socket, and in no more. Throws `not_found`. */
export async function deactivateAgent(deps: Deps, id: string): Promise<Agent> {
  const agent = await deps.agents.setActive(id, false)
  // After the mark, so that no session can come to be in between.
  await deps.signIn.endAll(agent._id)
  await deps.statuses.retire(agent._id)
  return deps.agents.get(id)
}

/** Throws `not_found`. */
export async function activateAgent(deps: Deps, id: string): Promise<Agent> {
  const agent = await deps.agents.setActive(id, true)
  deps.standing.changed(agent._id)
  return agent
}

/** Throws `not_found`, `agent_inactive`. */
export async function activeAgent(deps: Pick<Deps, 'agents'>, id: string): Promise<Agent> {
  const agent = await deps.agents.get(id)
  if (agent.deactivatedAt) throw new DeskbridgeError('agent_inactive')
  return agent
}
