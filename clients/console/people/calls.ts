import type { ChangeAgent, CreateAgent, Invitation, ShownAgent } from '../../../src/contract/agent.ts'
import type { Inbox } from '../../../src/contract/inbox.ts'
import type { Api } from '../frame/api.ts'

/** Somebody, and the way to their password. */
export interface Invited {
  name: string
  invitation: Invitation
}

const path = '/api/admin/agents'

export const peopleCalls = (api: Api) => ({
  list: async () => (await api.get<{ agents: ShownAgent[] }>(path)).agents,
  create: (person: CreateAgent) => api.post<ShownAgent>(path, person),
  change: (id: string, person: ChangeAgent) => api.patch<ShownAgent>(`${path}/${id}`, person),
  invite: (id: string) => api.post<Invitation>(`${path}/${id}/invitation`),
  signOut: (id: string) => api.remove(`${path}/${id}/sessions`),
  deactivate: (id: string) => api.post<ShownAgent>(`${path}/${id}/deactivate`),
  reactivate: (id: string) => api.post<ShownAgent>(`${path}/${id}/reactivate`),
  inboxes: async () => (await api.get<{ inboxes: Inbox[] }>('/api/admin/inboxes')).inboxes,
})

export type PeopleCalls = ReturnType<typeof peopleCalls>
