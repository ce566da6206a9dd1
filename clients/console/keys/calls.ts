import type { Inbox } from '../../../src/contract/inbox.ts'
import type { ChangeKey, CreatedKey, CreateKey, ShownKey } from '../../../src/contract/key.ts'
import type { Api } from '../frame/api.ts'

const path = '/api/admin/keys'

export const keyCalls = (api: Api) => ({
  list: async () => (await api.get<{ keys: ShownKey[] }>(path)).keys,
  create: (key: CreateKey) => api.post<CreatedKey>(path, key),
  change: (id: string, key: ChangeKey) => api.patch<ShownKey>(`${path}/${id}`, key),
  revoke: (id: string) => api.remove(`${path}/${id}`),
  inboxes: async () => (await api.get<{ inboxes: Inbox[] }>('/api/admin/inboxes')).inboxes,
})

export type KeyCalls = ReturnType<typeof keyCalls>
