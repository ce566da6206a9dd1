import type { Inbox } from '../../contract/inbox.ts'
import type { Agent, Agents } from '../agents/agents.ts'
import type { Presence } from '../presence/presence.ts'

export interface WhoIsThere {
  /** Whether of those who may get a chat of this inbox, and this team if one is named, nobody is online. Null: unknown. */
  nobody(inbox: Pick<Inbox, 'key'>, team: string | null): Promise<boolean | null>
}

export function createWhoIsThere(deps: { agents: Pick<Agents, 'list'>; presence: Presence }): WhoIsThere {
  return {
    async nobody(inbox, team) {
      const able = (await deps.agents.list()).filter((agent) => mayGet(agent, inbox.key, team))
      if (able.some(({ status }) => status === 'online')) return false
      const found = await deps.presence.whereabouts(able.map(({ _id }) => `agent:${_id}` as const))
      return found.some(({ kind }) => kind === 'unknown') ? null : true
    },
  }
}

const mayGet = ({ inboxes, teams, deactivatedAt }: Agent, inbox: string, team: string | null): boolean =>
  !deactivatedAt && (inboxes.length === 0 || inboxes.includes(inbox)) && (team === null || teams.includes(team))
