import { Icon } from '../frame/icon.tsx'

interface SearchFieldProps {
  label: string
  value: string
  onChange(value: string): void
}

/** `/` brings the focus here. */
export const SearchField = ({ label, value, onChange }: SearchFieldProps) => (
  <div class="search">
    <Icon name="search" />
    <input
      type="search"
      aria-label={label}
      aria-keyshortcuts="/"
      placeholder={label}
      value={value}
      data-search
      onInput={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Escape' && event.currentTarget.blur()}
    />
    <span class="kbd" aria-hidden="true">
      /
    </span>
  </div>
)
