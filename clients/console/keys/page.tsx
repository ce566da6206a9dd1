import type { ComponentChildren } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import type { CreatedKey, ShownKey } from '../../../src/contract/key.ts'
import { useFrame } from '../frame/frame.ts'
import { Icon } from '../frame/icon.tsx'
import { useLoad } from '../frame/load.ts'
import { Ago } from '../parts/ago.tsx'
import { Badge, type Tone } from '../parts/badge.tsx'
import { Blank, List } from '../parts/list.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { SecretDialog } from '../parts/secret-dialog.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { keyCalls } from './calls.ts'
import { KeyPanel } from './panel.tsx'
import { scopeName } from './scopes.ts'
import { inOrder, type KeyState, matches, stateOf } from './state.ts'

export function KeysPage() {
  const { api, tell } = useFrame()
  const calls = useMemo(() => keyCalls(api), [api])
  const loaded = useLoad(calls.list, [])
  const { data: inboxes } = useLoad(calls.inboxes, [])
  const [words, setWords] = useState('')
  const [open, setOpen] = useState<ShownKey | 'new' | null>(null)
  const [created, setCreated] = useState<CreatedKey | null>(null)
  const done = (what: string) => {
    setOpen(null)
    tell(what)
    loaded.again()
  }
  const add = (
    <button type="button" class="act main" data-test="new" onClick={() => setOpen('new')}>
      <Icon name="plus" />
      New key
    </button>
  )

  return (
    <>
      <PageHead title="API keys" about="For other systems. Each has a name of its own and opens what it needs.">
        {add}
      </PageHead>
      <List loaded={loaded} isEmpty={(keys) => keys.length === 0} empty={<NoKeys>{add}</NoKeys>}>
        {(keys) => (
          <>
            <div class="filters">
              <SearchField label="Search keys" value={words} onChange={setWords} />
            </div>
            <Table
              label="API keys"
              rows={inOrder(keys, Date.now()).filter((key) => matches(key, words))}
              columns={columns}
              keyOf={({ id }) => id}
              onOpen={(key) => setOpen(key)}
              isDim={({ revokedAt }) => revokedAt !== null}
            />
          </>
        )}
      </List>
      {open && (
        <KeyPanel
          key={open === 'new' ? 'new' : open.id}
          calls={calls}
          shown={open === 'new' ? null : open}
          inboxes={inboxes ?? []}
          onClose={() => setOpen(null)}
          onCreated={setCreated}
          onDone={done}
        />
      )}
      {created && (
        <SecretDialog
          title={`Key for ${created.name}`}
          about="The other system sends it with each request, as Authorization: Bearer and the key."
          label="The key"
          secret={created.key}
          onClose={() => setCreated(null)}
        />
      )}
    </>
  )
}

const states: Record<KeyState, readonly [Tone, string]> = {
  active: ['good', 'Active'],
  expiring: ['warn', 'Expires soon'],
  expired: ['bad', 'Expired'],
  revoked: ['plain', 'Revoked'],
}

function State({ shown }: { shown: ShownKey }) {
  const [tone, words] = states[stateOf(shown, Date.now())]
  return <Badge tone={tone}>{words}</Badge>
}

const columns: readonly Column<ShownKey>[] = [
  {
    title: 'Name',
    cell: ({ name, prefix }) => (
      <span class="two-lines">
        {name}
        <small>{prefix}…</small>
      </span>
    ),
  },
  {
    title: 'May',
    cell: ({ scopes }) => (
      <span class="badges">
        {scopes.map((scope) => (
          <Badge key={scope} tone={scope === 'admin' ? 'warn' : 'plain'}>
            {scopeName(scope)}
          </Badge>
        ))}
      </span>
    ),
  },
  { title: 'Inboxes', kind: 'minor', cell: ({ inboxes }) => (inboxes.length === 0 ? 'All' : inboxes.join(', ')) },
  {
    title: 'Last used',
    cell: ({ lastUsedAt }) => (lastUsedAt ? <Ago at={lastUsedAt} /> : <span class="muted">Never</span>),
  },
  { title: 'Expires', kind: 'minor', cell: ({ expiresAt }) => (expiresAt ? <Ago at={expiresAt} /> : 'Never') },
  { title: 'State', cell: (shown) => <State shown={shown} /> },
]

const NoKeys = ({ children }: { children: ComponentChildren }) => (
  <Blank
    title="No keys yet"
    text="Make one for each system that reads or writes chats, so that each can be taken back alone."
  >
    {children}
  </Blank>
)
