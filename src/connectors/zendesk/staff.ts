import type { People } from '../../bridge/port/asked.ts'
import type { AgentId } from '../../contract/ids.ts'
import { isFresh } from '../../platform/clock.ts'
import type { ZendeskApi } from './api.ts'

/** How long it is gone by whom the account knows. ms */
const freshMs = 600_000

/** Whether a user of this role is one of the account's own people, who may have tickets. */
export const isStaff = ({ role }: { role: string }): boolean => role === 'agent' || role === 'admin'

/** The account's user for an agent of ours, by their email; null: it knows nobody of that email who may have tickets. */
export function createStaff(deps: {
  api: Pick<ZendeskApi, 'usersByEmail'>
  people: People
  now(): number
}): (agent: AgentId) => Promise<string | null> {
  const known = new Map<AgentId, { at: number; id: string | null }>()

  const find = async (agent: AgentId): Promise<string | null> => {
    const email = await deps.people.emailOf(agent)
    if (email === null) return null
    const users = await deps.api.usersByEmail(email)
    const theirs = users.find((user) => isStaff(user) && user.email?.toLowerCase() === email.toLowerCase())
    return theirs?.id ?? null
  }

  return async (agent) => {
    const kept = known.get(agent)
    if (kept && isFresh(kept.at, deps.now(), freshMs)) return kept.id
    const id = await find(agent)
    known.set(agent, { at: deps.now(), id })
    return id
  }
}
