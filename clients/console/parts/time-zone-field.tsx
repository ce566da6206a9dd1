import { Field } from './field.tsx'

interface TimeZoneFieldProps {
  zone: string
  onChange(zone: string): void
  fault: string | null
  isOptional?: boolean
  test?: string
}

export const TimeZoneField = ({ zone, onChange, fault, isOptional = false, test = '' }: TimeZoneFieldProps) => (
  <Field label="Time zone" fault={fault} isOptional={isOptional}>
    {(props) => (
      <>
        <input
          {...props}
          list={`${props.id}-zones`}
          autocomplete="off"
          data-test={test}
          value={zone}
          onInput={(event) => onChange(event.currentTarget.value)}
        />
        <datalist id={`${props.id}-zones`}>
          {Intl.supportedValuesOf('timeZone').map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      </>
    )}
  </Field>
)
