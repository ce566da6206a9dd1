import type { SlackApi } from './api.ts'
import { createMemory } from './memory.ts'
import { filesScope, namesScope, type Scope } from './permissions.ts'

/** Where the app is installed, and as what. */
export interface Workspace {
  team: string
  enterprise: string | null
  botId: string | undefined
  /** As whom it shares files. */
  botUser: string | undefined
  /** Where people open it, with a final slash. */
  url: string | null
  /** Whether posts may carry the author's name above them. */
  showsNames: boolean
  /** Whether the app may share files. */
  takesFiles: boolean
}

export interface Workspaces {
  current(until?: AbortSignal): Promise<Workspace>
  /** Slack refused what takes this scope, whatever the token's scopes said. */
  refused(scope: Scope): void
  /** Whether it did so lately. */
  isRefused(scope: Scope): boolean
}

/** An administrator who grants more scopes sees the effect after so long. */
const keepMs = 600_000

export function createWorkspaces(deps: { api: SlackApi; now(): number }): Workspaces {
  const refusedUntil = new Map<Scope, number>()
  const isRefused = (scope: Scope): boolean => (refusedUntil.get(scope) ?? 0) > deps.now()
  const load = async (_: string, until?: AbortSignal): Promise<Workspace> => {
    const answer = await deps.api.identity(until)
    const scopes = answer.response_metadata?.scopes
    return {
      team: answer.team_id,
      enterprise: answer.enterprise_id ?? null,
      botId: answer.bot_id,
      botUser: answer.user_id,
      url: answer.url ?? null,
      showsNames: scopes === undefined || scopes.includes(namesScope),
      takesFiles: scopes === undefined || scopes.includes(filesScope),
    }
  }
  const memory = createMemory({ load, now: deps.now, keepMs, most: 1 })
  return {
    async current(until) {
      const workspace = await memory.get('', until)
      return {
        ...workspace,
        showsNames: workspace.showsNames && !isRefused(namesScope),
        takesFiles: workspace.takesFiles && !isRefused(filesScope),
      }
    },
    refused(scope) {
      refusedUntil.set(scope, deps.now() + keepMs)
    },
    isRefused,
  }
}
