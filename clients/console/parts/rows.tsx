import type { ComponentChildren } from 'preact'
import { Icon } from '../frame/icon.tsx'

interface RowsProps<T> {
  label: string
  rows: readonly T[]
  /** What the button adds. */
  fresh: T
  addLabel: string
  onChange(rows: T[]): void
  fault?: string | null
  children(row: T, put: (change: Partial<T>) => void, index: number): ComponentChildren
}

/** A list of small forms. */
export function Rows<T extends object>({ label, rows, fresh, addLabel, onChange, fault, children }: RowsProps<T>) {
  return (
    <fieldset class="rows">
      <legend class="read-out">{label}</legend>
      {rows.map((row, index) => (
        <div key={index} class="row">
          <div class="row-inside">
            {children(row, (change) => onChange(rows.with(index, { ...row, ...change })), index)}
          </div>
          <button
            type="button"
            class="plain"
            aria-label={`Remove ${index + 1} of ${label}`}
            onClick={() => onChange(rows.toSpliced(index, 1))}
          >
            <Icon name="cross" />
          </button>
        </div>
      ))}
      {fault && <p class="fault">{fault}</p>}
      <button type="button" class="act add" onClick={() => onChange([...rows, fresh])}>
        <Icon name="plus" />
        {addLabel}
      </button>
    </fieldset>
  )
}
