import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import type { CreatedEndpoint, EndpointCounts, ShownEndpoint } from '../../../../src/contract/webhook.ts'
import { Icon } from '../../frame/icon.tsx'
import { useLoad } from '../../frame/load.ts'
import { Blank, List } from '../../parts/list.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { SearchField } from '../../parts/search-field.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { partsOf } from '../address.ts'
import type { WebhookCalls } from '../calls.ts'
import { StateBadge } from '../state-badge.tsx'
import { Tabs } from '../tabs.tsx'
import { NewSecret } from './new-secret.tsx'
import { EndpointPanel } from './panel.tsx'

type Counts = ReadonlyMap<string, EndpointCounts>

const addressOf = (id: string) => `/console/webhooks/${id}`

export function EndpointsPage({ calls }: { calls: WebhookCalls }) {
  const { route } = useLocation()
  const loaded = useLoad(calls.list, [])
  const ids = (loaded.data ?? []).map(({ id }) => id)
  const { data: counts } = useLoad<Counts>(() => calls.counts(ids), [ids.join()])
  const [words, setWords] = useState('')
  const [isNew, setIsNew] = useState(false)
  const [created, setCreated] = useState<CreatedEndpoint | null>(null)
  const add = (
    <button type="button" class="act main" data-test="new" onClick={() => setIsNew(true)}>
      <Icon name="plus" />
      New endpoint
    </button>
  )

  return (
    <>
      <PageHead title="Webhooks" about="Where other systems are told of what happens in chats, as it happens.">
        {add}
      </PageHead>
      <Tabs here="Endpoints" />
      <List loaded={loaded} isEmpty={(endpoints) => endpoints.length === 0} empty={<NoEndpoints>{add}</NoEndpoints>}>
        {(endpoints) => (
          <>
            <div class="filters">
              <SearchField label="Search endpoints" value={words} onChange={setWords} />
            </div>
            <Table
              label="Endpoints"
              rows={endpoints.filter((endpoint) => matches(endpoint, words))}
              columns={columnsWith(counts ?? new Map())}
              keyOf={({ id }) => id}
              onOpen={({ id }) => route(addressOf(id))}
              isDim={({ enabled }) => !enabled}
            />
          </>
        )}
      </List>
      {isNew && (
        <EndpointPanel
          calls={calls}
          shown={null}
          onClose={() => setIsNew(false)}
          onCreated={setCreated}
          onDone={() => setIsNew(false)}
        />
      )}
      {created && <NewSecret created={created} onClose={() => route(addressOf(created.id))} />}
    </>
  )
}

const matches = ({ url, description, events }: ShownEndpoint, words: string) =>
  `${url} ${description} ${events.join(' ')}`.toLowerCase().includes(words.trim().toLowerCase())

const columnsWith = (counts: Counts): readonly Column<ShownEndpoint>[] => [
  { title: 'Endpoint', cell: (endpoint) => <Address endpoint={endpoint} /> },
  { title: 'Is told of', kind: 'minor', cell: ({ events }) => <span class="one-line">{events.join(', ')}</span> },
  { title: 'Inboxes', kind: 'minor', cell: ({ inboxes }) => (inboxes.length === 0 ? 'All' : inboxes.join(', ')) },
  { title: 'State', cell: (endpoint) => <StateBadge endpoint={endpoint} /> },
  { title: 'Waiting', kind: 'number', cell: ({ id }) => counted(counts.get(id)?.waiting) },
  { title: 'Failed', kind: 'number', cell: ({ id }) => counted(counts.get(id)?.failed) },
]

function Address({ endpoint: { url, description } }: { endpoint: ShownEndpoint }) {
  const { host, rest } = partsOf(url)
  return (
    <span class="two-lines address">
      {description || host}
      <small>{description ? `${host}${rest}` : rest}</small>
    </span>
  )
}

/** The service counts no further. */
const most = 1_000

export const counted = (count: number | undefined): string =>
  count === undefined ? '…' : count >= most ? `${most.toLocaleString('en')}+` : String(count)

const NoEndpoints = ({ children }: { children: ComponentChildren }) => (
  <Blank
    title="No endpoints yet"
    text="Give the address of another system, and choose what it is told of: new chats, messages, ratings and more."
  >
    {children}
  </Blank>
)
