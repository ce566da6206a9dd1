interface FilterProps {
  label: string
  /** Empty: all. */
  value: string
  choices: readonly (readonly [value: string, label: string])[]
  onChange(value: string): void
}

export const Filter = ({ label, value, choices, onChange }: FilterProps) => (
  <label class="filter">
    <span>{label}</span>
    <select value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      <option value="">All</option>
      {choices.map(([one, name]) => (
        <option key={one} value={one}>
          {name}
        </option>
      ))}
    </select>
  </label>
)
