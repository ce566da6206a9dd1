import { useId } from 'preact/hooks'
import type { AuditOutcome } from '../../../src/contract/audit.ts'
import { Filter } from '../parts/filter.tsx'
import { SearchField } from '../parts/search-field.tsx'
import type { AuditFilter } from './calls.ts'
import { auditTypes, nameOfType } from './what-was-done.ts'

const types = auditTypes.map((type) => [type, nameOfType(type).replace(/^an? |^the /, '')] as const)

const outcomes: readonly (readonly [AuditOutcome, string])[] = [
  ['done', 'Done'],
  ['refused', 'Refused'],
  ['failed', 'Failed'],
  ['begun', 'Unknown'],
]

interface AuditFiltersProps {
  filter: AuditFilter
  actors: readonly (readonly [id: string, name: string])[]
  onChange(filter: AuditFilter): void
  onClear(): void
}

export function AuditFilters({ filter, actors, onChange, onClear }: AuditFiltersProps) {
  const isNarrow = Object.values(filter).some((value) => value !== '')
  return (
    <div class="filters">
      <SearchField label="Id of what was changed" value={filter.id} onChange={(id) => onChange({ ...filter, id })} />
      <Filter label="Who" value={filter.by} choices={actors} onChange={(by) => onChange({ ...filter, by })} />
      <Filter
        label="What"
        value={filter.type}
        choices={types}
        onChange={(type) => onChange({ ...filter, type: types.find(([one]) => one === type)?.[0] ?? '' })}
      />
      <Filter
        label="Outcome"
        value={filter.outcome}
        choices={outcomes}
        onChange={(outcome) => onChange({ ...filter, outcome: outcomes.find(([one]) => one === outcome)?.[0] ?? '' })}
      />
      <span class="filter-pair">
        <Day label="From" day={filter.from} onChange={(from) => onChange({ ...filter, from })} />
        <Day label="To" day={filter.to} onChange={(to) => onChange({ ...filter, to })} />
      </span>
      {isNarrow && (
        <button type="button" class="act" onClick={onClear}>
          Show all
        </button>
      )}
    </div>
  )
}

function Day({ label, day, onChange }: { label: string; day: string; onChange(day: string): void }) {
  const id = useId()
  return (
    <span class="filter">
      <label for={id}>{label}</label>
      <input id={id} type="date" value={day} onInput={(event) => onChange(event.currentTarget.value)} />
    </span>
  )
}
