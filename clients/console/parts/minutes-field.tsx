import { NumberField } from './field.tsx'

const minute = 60_000

interface MinutesFieldProps {
  label: string
  /** ms */
  value: number | null
  onChange(ms: number | null): void
  hint?: string
  fault?: string | null
  isOptional?: boolean
}

/** A time that the API has in milliseconds. */
export const MinutesField = ({ value, onChange, ...field }: MinutesFieldProps) => (
  <NumberField
    {...field}
    unit="minutes"
    value={value === null ? null : Math.round((value / minute) * 100) / 100}
    onChange={(minutes) => onChange(minutes === null ? null : Math.round(minutes * minute))}
  />
)
