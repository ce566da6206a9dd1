import type { ShownAgent } from '../../../src/contract/agent.ts'
import type { AuditOutcome, AuditPage, AuditType } from '../../../src/contract/audit.ts'
import type { ShownKey } from '../../../src/contract/key.ts'
import type { Api } from '../frame/api.ts'

/** Empty text: not narrowed. Days as the browser's calendar has them. */
export interface AuditFilter {
  by: string
  type: AuditType | ''
  outcome: AuditOutcome | ''
  id: string
  from: string
  to: string
}

const pageSize = 50
const dayMs = 86_400_000
const startOf = (day: string) => new Date(`${day}T00:00`)

export const auditCalls = (api: Api) => ({
  find({ from, to, ...filter }: AuditFilter, cursor?: string) {
    const since = from === '' ? undefined : startOf(from).toISOString()
    const until = to === '' ? undefined : new Date(startOf(to).getTime() + dayMs).toISOString()
    return api.get<AuditPage>('/api/admin/audit', { ...filter, from: since, to: until, cursor, limit: pageSize })
  },
  /** All who may have done something. */
  async actors(): Promise<[id: string, name: string][]> {
    const [{ agents }, { keys }] = await Promise.all([
      api.get<{ agents: ShownAgent[] }>('/api/admin/agents'),
      api.get<{ keys: ShownKey[] }>('/api/admin/keys'),
    ])
    return [
      ['key', 'Administrator’s key'],
      ...agents.map(({ id, name }): [string, string] => [id, name]),
      ...keys.map(({ id, name }): [string, string] => [id, `Key: ${name}`]),
    ]
  },
})
