import type { ComponentChildren } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import type { ShownCanned } from '../../../src/contract/canned.ts'
import type { Inbox } from '../../../src/contract/inbox.ts'
import { useFrame } from '../frame/frame.ts'
import { Icon } from '../frame/icon.tsx'
import { useLoad } from '../frame/load.ts'
import { useSettled } from '../frame/settled.ts'
import { Ago } from '../parts/ago.tsx'
import { Badge } from '../parts/badge.tsx'
import { Filter } from '../parts/filter.tsx'
import { Blank, List } from '../parts/list.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { SearchField } from '../parts/search-field.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { type CannedFilter, cannedCalls } from './calls.ts'
import { CannedPanel } from './panel.tsx'

const noFilter: CannedFilter = { q: '', inbox: '', category: '' }

export function CannedPage() {
  const { api, tell } = useFrame()
  const calls = useMemo(() => cannedCalls(api), [api])
  const [filter, setFilter] = useState(noFilter)
  const settled = useSettled(filter)
  const found = useLoad(() => calls.find(settled), [settled])
  const { data: inboxes } = useLoad(calls.inboxes, [])
  const [open, setOpen] = useState<ShownCanned | 'new' | null>(null)

  const responses = found.data?.responses ?? []
  const categories = [...new Set(responses.flatMap(({ category }) => category ?? []))].sort()
  const isFiltered = filter !== noFilter
  const more = async () => {
    const cursor = found.data?.cursor
    if (!cursor) return
    const next = await calls.find(settled, cursor).catch((error: Error) => tell(error.message, 'problem'))
    if (next) found.set((now) => ({ ...next, responses: [...now.responses, ...next.responses] }))
  }
  const add = (
    <button type="button" class="act main" data-test="new" onClick={() => setOpen('new')}>
      <Icon name="plus" />
      New response
    </button>
  )

  return (
    <>
      <PageHead title="Canned responses" about="Texts that agents put into a chat with a slash and a word.">
        {add}
      </PageHead>
      <CannedFilters filter={filter} inboxes={inboxes ?? []} categories={categories} onChange={setFilter} />
      <List
        loaded={found}
        isEmpty={(page) => page.responses.length === 0}
        empty={isFiltered ? <NoMatch onClear={() => setFilter(noFilter)} /> : <NothingYet>{add}</NothingYet>}
      >
        {(page) => (
          <>
            <Table
              label="Canned responses"
              rows={page.responses}
              columns={columns}
              keyOf={({ id }) => id}
              onOpen={(canned) => setOpen(canned)}
              isDim={({ isActive }) => !isActive}
            />
            {page.cursor && (
              <button type="button" class="act more" onClick={() => void more()}>
                Show more
              </button>
            )}
          </>
        )}
      </List>
      {open && (
        <CannedPanel
          key={open === 'new' ? 'new' : open.id}
          calls={calls}
          canned={open === 'new' ? null : open}
          inboxes={inboxes ?? []}
          categories={categories}
          onClose={() => setOpen(null)}
          onDone={(what) => {
            tell(what)
            setOpen(null)
            found.again()
          }}
        />
      )}
    </>
  )
}

interface CannedFiltersProps {
  filter: CannedFilter
  inboxes: readonly Inbox[]
  categories: readonly string[]
  onChange(filter: CannedFilter): void
}

const CannedFilters = ({ filter, inboxes, categories, onChange }: CannedFiltersProps) => (
  <div class="filters">
    <SearchField label="Search responses" value={filter.q} onChange={(q) => onChange({ ...filter, q })} />
    <Filter
      label="Inbox"
      value={filter.inbox}
      choices={inboxes.map(({ key, name }) => [key, name])}
      onChange={(inbox) => onChange({ ...filter, inbox })}
    />
    <Filter
      label="Category"
      value={filter.category}
      choices={categories.map((category) => [category, category])}
      onChange={(category) => onChange({ ...filter, category })}
    />
  </div>
)

const columns: readonly Column<ShownCanned>[] = [
  { title: 'Name', cell: ({ name }) => name },
  { title: 'Shortcut', cell: ({ shortcut }) => shortcut && <code>/{shortcut}</code> },
  { title: 'Text', kind: 'minor', cell: ({ text }) => <span class="one-line">{text}</span> },
  { title: 'Inbox', cell: ({ inbox }) => inbox ?? <span class="muted">All</span> },
  { title: 'Category', kind: 'minor', cell: ({ category }) => category },
  { title: 'State', cell: ({ isActive }) => (isActive ? <Badge tone="good">On</Badge> : <Badge>Off</Badge>) },
  { title: 'Changed', kind: 'minor', cell: ({ updatedAt }) => <Ago at={updatedAt} /> },
]

const NothingYet = ({ children }: { children: ComponentChildren }) => (
  <Blank title="No responses yet" text="Write down what your team says every day, and it is one word away.">
    {children}
  </Blank>
)

const NoMatch = ({ onClear }: { onClear(): void }) => (
  <Blank title="Nothing fits" text="No response has these words in this inbox and category.">
    <button type="button" class="act" onClick={onClear}>
      Show all
    </button>
  </Blank>
)
