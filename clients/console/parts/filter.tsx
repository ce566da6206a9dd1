import { useId } from 'preact/hooks'

interface FilterProps {
  label: string
  /** Empty: all. */
  value: string
  choices: readonly (readonly [value: string, label: string])[]
  onChange(value: string): void
  /** What stands for no choice; null: there is always one. */
  all?: string | null
}

export function Filter({ label, value, choices, onChange, all = 'All' }: FilterProps) {
  const id = useId()
  return (
    <span class="filter">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
        {all !== null && <option value="">{all}</option>}
        {choices.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </span>
  )
}
