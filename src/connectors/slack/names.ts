import { RemoteFailure } from '../../bridge/port.ts'
import type { SlackApi } from './api.ts'

const keptMs = 3_600_000
/** Slack's codes for users whose name cannot be had. */
const nameless = new Set(['user_not_found', 'user_not_visible', 'users_not_found', 'missing_scope'])
const mostKept = 5_000

/** Names of Slack's users, asked for once an hour each. */
export function createNames(api: Pick<SlackApi, 'userName'>, now: () => number) {
  const kept = new Map<string, { name: string; until: number }>()

  return {
    /** A user that Slack does not know goes by the id; while Slack does not answer, the caller waits. */
    async user(id: string): Promise<string> {
      const known = kept.get(id)
      if (known && known.until > now()) return known.name
      const name = await api.userName(id).catch((error: unknown) => {
        if (error instanceof RemoteFailure && nameless.has(error.code ?? '')) return id
        throw error
      })
      if (kept.size >= mostKept) kept.clear()
      kept.set(id, { name, until: now() + keptMs })
      return name
    },
  }
}
