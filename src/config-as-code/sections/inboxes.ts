import { isDeepStrictEqual } from 'node:util'
import { Inbox, InboxList, type VersionedInbox } from '../../contract/inbox.ts'
import { createSection } from '../section.ts'

const path = '/api/admin/inboxes'
const Shown = Inbox.strip()

/** An inbox is switched off and never removed: the logs of its chats name it for ever. */
export const inboxes = createSection<Inbox, VersionedInbox>({
  name: 'inboxes',
  about: 'Websites and apps: docs/inboxes.md. With --prune, one that is not here is switched off.',
  item: Inbox,
  title: ({ key }) => `inbox '${key}'`,
  keys: [{ of: ({ key }) => key, isUnique: true }],
  references: () => [],
  read: async (api) => (await api.get(path, InboxList)).inboxes,
  itemOf: (kept) => Shown.parse(kept),
  create: (api, inbox) => api.send('POST', path, inbox),
  change: (api, { version, ...kept }, inbox) =>
    api.send('PATCH', `${path}/${kept.key}`, { ...changed(kept, inbox), version }),
  prune: { kind: 'retire', retired: (inbox) => ({ ...inbox, enabled: false }) },
})

/** Only these are sent, so that the audit log and the conflicts are of what was meant. */
const changed = (kept: Inbox, { key: _, ...wanted }: Inbox) => {
  const there = new Map<string, unknown>(Object.entries(kept))
  return Object.fromEntries(
    Object.entries(wanted).filter(([name, value]) => !isDeepStrictEqual(value, there.get(name))),
  )
}
