import { useMemo, useState } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso/router'
import type { Inbox } from '../../../src/contract/inbox.ts'
import { useForm } from '../frame/form.ts'
import { useFrame } from '../frame/frame.ts'
import { Icon } from '../frame/icon.tsx'
import { useLoad } from '../frame/load.ts'
import { Badge } from '../parts/badge.tsx'
import { TextField } from '../parts/field.tsx'
import { FormPanel } from '../parts/form-panel.tsx'
import { Blank, List } from '../parts/list.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { WordsField } from '../parts/words-field.tsx'
import { type InboxCalls, inboxCalls, type NewInbox } from './calls.ts'
import { InboxEditor } from './editor.tsx'

export function InboxesPage() {
  const { api } = useFrame()
  const { params } = useRoute()
  const calls = useMemo(() => inboxCalls(api), [api])
  return params.inbox ? (
    <OneInbox key={params.inbox} inbox={params.inbox} calls={calls} />
  ) : (
    <AllInboxes calls={calls} />
  )
}

function OneInbox({ inbox, calls }: { inbox: string; calls: InboxCalls }) {
  const loaded = useLoad(() => calls.one(inbox), [inbox])
  return (
    <List loaded={loaded} isEmpty={() => false} empty={null}>
      {(read) => <InboxEditor read={read} calls={calls} />}
    </List>
  )
}

function AllInboxes({ calls }: { calls: InboxCalls }) {
  const { tell } = useFrame()
  const { route } = useLocation()
  const loaded = useLoad(calls.list, [])
  const [words, setWords] = useState('')
  const [isNew, setIsNew] = useState(false)
  const open = (key: string) => route(`/console/inboxes/${encodeURIComponent(key)}`)
  const fits = ({ name, key }: Inbox) => `${name} ${key}`.toLowerCase().includes(words.trim().toLowerCase())

  return (
    <>
      <PageHead
        title="Inboxes"
        about="One for each site or app: how its widget looks, when you answer, and where chats go."
      >
        <button type="button" class="act main" data-test="new" onClick={() => setIsNew(true)}>
          <Icon name="plus" />
          New inbox
        </button>
      </PageHead>
      <List loaded={loaded} isEmpty={(inboxes) => inboxes.length === 0} empty={<NoInboxes />}>
        {(inboxes) => (
          <>
            <div class="filters">
              <SearchField label="Search inboxes" value={words} onChange={setWords} />
            </div>
            <Table
              label="Inboxes"
              rows={inboxes.filter(fits)}
              columns={columns}
              keyOf={({ key }) => key}
              onOpen={({ key }) => open(key)}
              isDim={({ enabled }) => !enabled}
            />
          </>
        )}
      </List>
      {isNew && (
        <NewInboxPanel
          calls={calls}
          onClose={() => setIsNew(false)}
          onDone={(key) => {
            tell('The inbox is there. Set it up below.')
            open(key)
          }}
        />
      )}
    </>
  )
}

const columns: readonly Column<Inbox>[] = [
  {
    title: 'Name',
    cell: ({ name, key }) => (
      <span class="two-lines">
        {name}
        <small>{key}</small>
      </span>
    ),
  },
  { title: 'Sites', cell: ({ allowedOrigins }) => <span class="one-line">{sitesOf(allowedOrigins)}</span> },
  { title: 'Hours', kind: 'minor', cell: ({ hours }) => hours?.timeZone ?? 'Always open' },
  { title: 'Slack', kind: 'minor', cell: ({ slack }) => slack.channel ?? 'Installation’s channel' },
  { title: 'State', cell: ({ enabled }) => (enabled ? <Badge tone="good">On</Badge> : <Badge>Off</Badge>) },
]

const sitesOf = (origins: readonly string[]) => (origins.includes('*') ? 'Any site' : origins.join(', '))

const NoInboxes = () => <Blank title="No inboxes" text="There is none that you may see." />

interface NewInboxPanelProps {
  calls: InboxCalls
  onClose(): void
  onDone(key: string): void
}

const fresh: NewInbox = { key: '', name: '', allowedOrigins: [] }

function NewInboxPanel({ calls, onClose, onDone }: NewInboxPanelProps) {
  const form = useForm(fresh, async (inbox) => {
    await calls.create(inbox)
    return null
  })
  const { value, set, faultAt } = form
  return (
    <FormPanel title="New inbox" form={form} action="Create" onClose={onClose} onDone={() => onDone(value.key)}>
      <TextField
        label="Name"
        test="name"
        value={value.name}
        onChange={(name) => set('name', name)}
        fault={faultAt('name')}
      />
      <TextField
        label="Key"
        test="key"
        hint="Names it in the widget’s tag and in the API. It cannot be changed later, and an inbox is switched off, never removed."
        placeholder="shop"
        value={value.key}
        onChange={(key) => set('key', key)}
        fault={faultAt('key')}
      />
      <WordsField
        label="Sites"
        test="sites"
        hint="Who may show the widget, such as https://shop.example. * is any."
        placeholder="https://shop.example"
        words={value.allowedOrigins}
        onChange={(origins) => set('allowedOrigins', origins)}
        fault={faultAt('allowedOrigins')}
      />
    </FormPanel>
  )
}
