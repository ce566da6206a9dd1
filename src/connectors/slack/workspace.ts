import type { SlackApi } from './api.ts'
import { createMemory } from './memory.ts'
import { namesScope } from './permissions.ts'

/** Where the app is installed, and as what. */
export interface Workspace {
  team: string
  enterprise: string | null
  botId: string | undefined
  /** Where people open it, with a final slash. */
  url: string | null
  /** Whether posts may carry the author's name above them. */
  showsNames: boolean
}

export interface Workspaces {
  current(until?: AbortSignal): Promise<Workspace>
  /** Slack refused a name, whatever the token's scopes said. */
  nameRefused(): void
}

/** An administrator who grants more scopes sees the effect after so long. */
const keepMs = 600_000

export function createWorkspaces(deps: { api: SlackApi; now(): number }): Workspaces {
  let namesRefusedUntil = 0
  const load = async (_: string, until?: AbortSignal): Promise<Workspace> => {
    const answer = await deps.api.identity(until)
    const scopes = answer.response_metadata?.scopes
    return {
      team: answer.team_id,
      enterprise: answer.enterprise_id ?? null,
      botId: answer.bot_id,
      url: answer.url ?? null,
      showsNames: scopes === undefined || scopes.includes(namesScope),
    }
  }
  const memory = createMemory({ load, now: deps.now, keepMs, most: 1 })
  return {
    async current(until) {
      const workspace = await memory.get('', until)
      return { ...workspace, showsNames: workspace.showsNames && namesRefusedUntil <= deps.now() }
    },
    nameRefused() {
      namesRefusedUntil = deps.now() + keepMs
    },
  }
}
