import type { z } from 'zod'
import { CreateEndpoint, EndpointList, type ShownEndpoint } from '../../contract/webhook.ts'
import { changedSettings } from '../changed-settings.ts'
import { onOneLine } from '../on-one-line.ts'
import { createSection } from '../section.ts'

const path = '/api/admin/webhooks/endpoints'

/** Nothing that is secret: header values and signing secrets stay as they are in the installation. */
export const DeclaredEndpoint = CreateEndpoint.omit({ headers: true, scheme: true })
export type DeclaredEndpoint = z.infer<typeof DeclaredEndpoint>
const Shown = DeclaredEndpoint.strip()

/** Known by its address, and by its description where several have one address. */
export const webhooks = createSection<DeclaredEndpoint, ShownEndpoint>({
  name: 'webhooks',
  about: 'Where other systems are told of events: docs/webhooks.md. Their secrets and own headers are not here.',
  item: DeclaredEndpoint,
  title: ({ url }) => `webhook endpoint '${onOneLine(url)}'`,
  keys: [
    { of: ({ url, description }) => JSON.stringify([url, description]), isUnique: false },
    { of: ({ url }) => url, isUnique: false },
  ],
  references: ({ inboxes }) => inboxes.map((key, index) => ({ section: 'inboxes', key, path: ['inboxes', index] })),
  read: async (api) => (await api.get(path, EndpointList)).endpoints,
  itemOf: (kept) => Shown.parse(kept),
  create: (api, endpoint) => api.send('POST', path, endpoint),
  afterCreation: 'Its secret is shown to nobody: make a new one in the console or through the API for its receiver.',
  change: (api, { id, revision, ...kept }, endpoint) =>
    api.send('PATCH', `${path}/${id}`, { ...changedSettings(kept, endpoint), revision }),
  prune: { kind: 'remove', remove: (api, { id }) => api.send('DELETE', `${path}/${id}`) },
})
