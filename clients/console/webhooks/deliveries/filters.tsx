import { useId } from 'preact/hooks'
import type { DeliveryState } from '../../../../src/contract/webhook.ts'
import { Filter } from '../../parts/filter.tsx'
import { SearchField } from '../../parts/search-field.tsx'
import type { EventType } from '../events/event-type.ts'
import { type DeliveryFilter, everyDelivery, isNarrow, isWholeId } from './filter.ts'

const states: readonly (readonly [DeliveryState, string])[] = [
  ['waiting', 'Waiting'],
  ['delivered', 'Delivered'],
  ['failed', 'Failed'],
]

interface DeliveryFiltersProps {
  filter: DeliveryFilter
  types: readonly EventType[]
  onChange(filter: DeliveryFilter): void
}

export function DeliveryFilters({ filter, types, onChange }: DeliveryFiltersProps) {
  const set = (change: Partial<DeliveryFilter>) => onChange({ ...filter, ...change })
  const isTyping = filter.session !== '' && !isWholeId(filter.session)
  return (
    <>
      <div class="filters">
        <SearchField label="Id of a chat" value={filter.session} onChange={(session) => set({ session })} />
        <Filter
          label="Result"
          value={filter.state}
          choices={states}
          onChange={(state) => set({ state: states.find(([one]) => one === state)?.[0] ?? '' })}
        />
        <Filter
          label="Event"
          value={filter.type}
          choices={types.map(({ type }) => [type, type] as const)}
          onChange={(type) => set({ type })}
        />
        <span class="time-range">
          <Moment label="From" value={filter.from} onChange={(from) => set({ from })} />
          <Moment label="To" value={filter.to} onChange={(to) => set({ to })} />
        </span>
        {isNarrow(filter) && (
          <button type="button" class="act" onClick={() => onChange(everyDelivery)}>
            Show all
          </button>
        )}
      </div>
      <p class="hint filter-hint" role="status">
        {isTyping && 'A chat’s id is ses_ and 24 letters and digits.'}
      </p>
    </>
  )
}

function Moment({ label, value, onChange }: { label: string; value: string; onChange(value: string): void }) {
  const id = useId()
  return (
    <span class="filter">
      <label for={id}>{label}</label>
      <input id={id} type="datetime-local" value={value} onInput={(event) => onChange(event.currentTarget.value)} />
    </span>
  )
}
