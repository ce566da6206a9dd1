import { Several } from '../../parts/choice.tsx'
import type { Offered } from '../calls.ts'
import { Pop } from '../pop.tsx'

interface InboxFilterProps {
  inboxes: readonly Offered[]
  /** Keys; empty: all. */
  chosen: readonly string[]
  onChange(chosen: string[]): void
}

/** Any of the inboxes. One that has nothing in these days is still there to be taken away. */
export function InboxFilter({ inboxes, chosen, onChange }: InboxFilterProps) {
  const known = new Set(inboxes.map(([key]) => key))
  const choices = [...inboxes, ...chosen.filter((key) => !known.has(key)).map((key) => [key, key] as const)]
  return (
    <span class="filter">
      <span>Inboxes</span>
      <Pop button={textOf(choices, chosen)} label={`Inboxes: ${textOf(choices, chosen)}`} test="inboxes">
        <div class="pop-form">
          {choices.length === 0 ? (
            <p class="muted">No inbox has figures in these days.</p>
          ) : (
            <Several label="Inboxes" choices={choices} chosen={chosen} onChange={onChange} />
          )}
          {chosen.length > 0 && (
            <button type="button" class="act" onClick={() => onChange([])}>
              All inboxes
            </button>
          )}
        </div>
      </Pop>
    </span>
  )
}

function textOf(choices: readonly Offered[], chosen: readonly string[]): string {
  const [first] = chosen
  if (first === undefined) return 'All'
  if (chosen.length > 1) return `${chosen.length} chosen`
  return choices.find(([key]) => key === first)?.[1] ?? first
}
