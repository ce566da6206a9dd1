import { useMemo, useState } from 'preact/hooks'
import type { AuditEntry } from '../../../src/contract/audit.ts'
import { useFrame } from '../frame/frame.ts'
import { useLoad } from '../frame/load.ts'
import { useSettled } from '../frame/settled.ts'
import { Blank, List } from '../parts/list.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { type Column, Table } from '../parts/table.tsx'
import { exactly } from '../parts/when.ts'
import { type AuditFilter, auditCalls } from './calls.ts'
import { EntryDialog } from './entry.tsx'
import { AuditFilters } from './filters.tsx'
import { Outcome } from './outcome.tsx'
import { nameOfSubject, whatWasDone } from './what-was-done.ts'

const all: AuditFilter = { by: '', type: '', outcome: '', id: '', from: '', to: '' }

export function AuditPage() {
  const { api, tell } = useFrame()
  const calls = useMemo(() => auditCalls(api), [api])
  const [filter, setFilter] = useState(all)
  const settled = useSettled(filter)
  const found = useLoad(() => calls.find(settled), [settled])
  const { data: actors } = useLoad(calls.actors, [])
  const [open, setOpen] = useState<AuditEntry | null>(null)
  const more = async (cursor: string) => {
    const next = await calls.find(settled, cursor).catch((error: Error) => tell(error.message, 'problem'))
    if (next) found.set((now) => ({ ...next, entries: [...now.entries, ...next.entries] }))
  }

  return (
    <>
      <PageHead title="Audit log" about="Every change of the installation, newest first." />
      <AuditFilters filter={filter} actors={actors ?? []} onChange={setFilter} onClear={() => setFilter(all)} />
      <List
        loaded={found}
        isEmpty={({ entries }) => entries.length === 0}
        empty={<Blank title="Nothing fits" text="Nobody changed anything like that in that time." />}
      >
        {({ entries, cursor }) => (
          <>
            <Table
              label="Changes"
              rows={entries}
              columns={columns}
              keyOf={({ id }) => id}
              onOpen={(entry) => setOpen(entry)}
            />
            {cursor && (
              <button type="button" class="act more" onClick={() => void more(cursor)}>
                Show more
              </button>
            )}
          </>
        )}
      </List>
      {open && (
        <EntryDialog
          entry={open}
          onClose={() => setOpen(null)}
          onFilter={(id) => {
            setOpen(null)
            setFilter({ ...all, id })
          }}
        />
      )}
    </>
  )
}

const columns: readonly Column<AuditEntry>[] = [
  { title: 'What', cell: (entry) => whatWasDone(entry) },
  { title: 'Which', cell: (entry) => <span class="one-line">{nameOfSubject(entry)}</span> },
  { title: 'Who', cell: ({ by }) => by.name ?? 'Administrator’s key' },
  { title: 'Outcome', cell: ({ outcome }) => <Outcome outcome={outcome} /> },
  { title: 'When', cell: ({ at }) => <time dateTime={at}>{exactly(at)}</time> },
]
