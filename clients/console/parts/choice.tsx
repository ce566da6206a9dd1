import { useId } from 'preact/hooks'
import { Field } from './field.tsx'

/** A value and what it is called. */
export type Choice<T extends string> = readonly [value: T, label: string, hint?: string]

interface SelectFieldProps<T extends string> {
  label: string
  value: T
  choices: readonly Choice<T>[]
  onChange(value: T): void
  hint?: string
  fault?: string | null
  test?: string
}

export function SelectField<T extends string>({ value, choices, onChange, test = '', ...field }: SelectFieldProps<T>) {
  return (
    <Field {...field}>
      {(props) => (
        <select
          {...props}
          value={value}
          data-test={test}
          onChange={({ currentTarget }) => {
            const chosen = choices.find(([one]) => one === currentTarget.value)
            if (chosen) onChange(chosen[0])
          }}
        >
          {choices.map(([one, label]) => (
            <option key={one} value={one}>
              {label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

interface SwitchProps {
  label: string
  hint?: string
  isOn: boolean
  onChange(isOn: boolean): void
  test?: string
}

export function Switch({ label, hint, isOn, onChange, test = '' }: SwitchProps) {
  const id = useId()
  return (
    <div class="field">
      <label class="switch">
        <input
          type="checkbox"
          role="switch"
          checked={isOn}
          aria-checked={isOn}
          data-test={test}
          aria-describedby={hint ? id : undefined}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
        <span>{label}</span>
      </label>
      {hint && (
        <p class="hint indented" id={id}>
          {hint}
        </p>
      )}
    </div>
  )
}

interface SeveralProps<T extends string> {
  label: string
  choices: readonly Choice<T>[]
  chosen: readonly T[]
  onChange(chosen: T[]): void
  hint?: string
  fault?: string | null
}

/** Any of some. */
export function Several<T extends string>({ label, choices, chosen, onChange, hint, fault }: SeveralProps<T>) {
  const hintId = useId()
  const toggle = (value: T, isOn: boolean) =>
    onChange(choices.map(([one]) => one).filter((one) => (one === value ? isOn : chosen.includes(one))))
  return (
    <fieldset class="field several" aria-describedby={hint ? hintId : undefined}>
      <legend>{label}</legend>
      {choices.map(([value, name, more]) => (
        <label key={value} class="check">
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            aria-invalid={fault ? 'true' : undefined}
            onChange={(event) => toggle(value, event.currentTarget.checked)}
          />
          <span>
            {name}
            {more && <small>{more}</small>}
          </span>
        </label>
      ))}
      {fault && <p class="fault">{fault}</p>}
      {hint && (
        <p class="hint" id={hintId}>
          {hint}
        </p>
      )}
    </fieldset>
  )
}
