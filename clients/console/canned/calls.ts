import type { CannedPage, CreateCanned, ShownCanned } from '../../../src/contract/canned.ts'
import type { Inbox } from '../../../src/contract/inbox.ts'
import type { Api } from '../frame/api.ts'

/** What the list is narrowed to; empty text: not. */
export interface CannedFilter {
  q: string
  inbox: string
  category: string
}

const path = '/api/admin/canned'
/** As many as are read at once. */
const pageSize = 100

export const cannedCalls = (api: Api) => ({
  find: (filter: CannedFilter, cursor?: string) => api.get<CannedPage>(path, { ...filter, cursor, limit: pageSize }),
  one: (id: string) => api.get<ShownCanned>(`${path}/${id}`),
  create: (canned: CreateCanned) => api.post<ShownCanned>(path, canned),
  change: (id: string, version: number, canned: CreateCanned) =>
    api.patch<ShownCanned>(`${path}/${id}`, { ...canned, version }),
  remove: ({ id, version }: ShownCanned) => api.remove(`${path}/${id}`, { version }),
  inboxes: async () => (await api.get<{ inboxes: Inbox[] }>('/api/admin/inboxes')).inboxes,
})

export type CannedCalls = ReturnType<typeof cannedCalls>
