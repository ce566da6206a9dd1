import type { ShownReplay } from '../../../../src/contract/webhook.ts'
import { Badge } from '../../parts/badge.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import { exactly } from '../../parts/when.ts'

/** Those of the last thirty days, if there were any. */
export function Replays({ replays }: { replays: readonly ShownReplay[] }) {
  if (replays.length === 0) return null
  return (
    <section aria-labelledby="replays-title" data-test="replays">
      <header class="section-head">
        <h2 id="replays-title">Replays</h2>
      </header>
      <Table label="Replays" rows={replays} columns={columns} keyOf={({ id }) => id} />
    </section>
  )
}

const columns: readonly Column<ShownReplay>[] = [
  {
    title: 'What happened',
    cell: ({ from, to, again }) => (
      <span class="two-lines">
        {exactly(from)} to {exactly(to)}
        <small>{again ? 'All of it, also what it had' : 'What it did not have'}</small>
      </span>
    ),
  },
  {
    title: 'State',
    cell: ({ state }) => (state === 'running' ? <Badge tone="warn">Going on</Badge> : <Badge tone="good">Done</Badge>),
  },
  { title: 'Deliveries', kind: 'number', cell: ({ count }) => count },
  { title: 'Begun', kind: 'minor', cell: ({ createdAt }) => exactly(createdAt) },
]
