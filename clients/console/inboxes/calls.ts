import type { CreatedIdentityKey, CreateIdentityKey, ShownIdentityKey } from '../../../src/contract/identity.ts'
import type { ChangeInbox, Inbox, VersionedInbox } from '../../../src/contract/inbox.ts'
import type { Api } from '../frame/api.ts'

const path = '/api/admin/inboxes'

/** Those settings without which there is no inbox; the others have defaults. */
export type NewInbox = Pick<Inbox, 'key' | 'name' | 'allowedOrigins'>

export const inboxCalls = (api: Api) => ({
  list: async () => (await api.get<{ inboxes: Inbox[] }>(path)).inboxes,
  one: (key: string) => api.get<VersionedInbox>(`${path}/${encodeURIComponent(key)}`),
  create: (inbox: NewInbox) => api.post<Inbox>(path, inbox),
  change: (key: string, change: ChangeInbox) => api.patch<VersionedInbox>(`${path}/${encodeURIComponent(key)}`, change),
})

export const identityKeyCalls = (api: Api, inbox: string) => {
  const keys = `${path}/${encodeURIComponent(inbox)}/identity-keys`
  return {
    list: async () => (await api.get<{ keys: ShownIdentityKey[] }>(keys)).keys,
    create: (key: CreateIdentityKey) => api.post<CreatedIdentityKey>(keys, key),
    revoke: (kid: string) => api.remove(`${keys}/${encodeURIComponent(kid)}`),
  }
}

export type InboxCalls = ReturnType<typeof inboxCalls>
