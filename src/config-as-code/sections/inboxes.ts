import { Inbox, InboxList, type VersionedInbox } from '../../contract/inbox.ts'
import { changedSettings } from '../changed-settings.ts'
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
  change: (api, { version, ...kept }, { key, ...inbox }) =>
    api.send('PATCH', `${path}/${key}`, { ...changedSettings(kept, inbox), version }),
  prune: { kind: 'retire', retired: (inbox) => ({ ...inbox, enabled: false }) },
})
