import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'

/** What ties an input to its label, its hint and its fault. */
export interface FieldProps {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': 'true' | undefined
}

interface FieldOptions {
  label: string
  hint?: ComponentChildren
  fault?: string | null
  isOptional?: boolean
  children(props: FieldProps): ComponentChildren
}

export function Field({ label, hint, fault = null, isOptional = false, children }: FieldOptions) {
  const id = useId()
  const described = [hint ? `${id}-hint` : '', fault ? `${id}-fault` : ''].filter(Boolean).join(' ')
  return (
    <div class="field">
      <label for={id}>
        {label} {isOptional && <span class="optional">optional</span>}
      </label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': fault ? 'true' : undefined })}
      {fault && (
        <p class="fault" id={`${id}-fault`}>
          {fault}
        </p>
      )}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

interface TextFieldProps extends Omit<FieldOptions, 'children'> {
  value: string
  onChange(value: string): void
  type?: 'text' | 'email' | 'password' | 'url' | 'date' | 'time' | 'datetime-local'
  rows?: number
  placeholder?: string
  test?: string
  autocomplete?: string
  isDisabled?: boolean
}

export function TextField({ value, onChange, rows, type, test, isDisabled, placeholder, ...field }: TextFieldProps) {
  const { autocomplete = 'off', ...options } = field
  return (
    <Field {...options}>
      {(props) => {
        // Preact's types want to know which kind of input it is.
        const kind: object = { type: type ?? 'text' }
        const common = { ...props, value, autocomplete, placeholder: placeholder ?? '', 'data-test': test ?? '' }
        return rows === undefined ? (
          <input
            {...common}
            {...kind}
            disabled={isDisabled ?? false}
            onInput={(event) => onChange(event.currentTarget.value)}
          />
        ) : (
          <textarea {...common} rows={rows} onInput={(event) => onChange(event.currentTarget.value)} />
        )
      }}
    </Field>
  )
}

interface NumberFieldProps extends Omit<FieldOptions, 'children'> {
  /** Null: nothing that is a number stands there. */
  value: number | null
  onChange(value: number | null): void
  min?: number
  unit?: string
  test?: string
}

export const NumberField = ({ value, onChange, min = 0, unit, test = '', ...field }: NumberFieldProps) => (
  <Field {...field}>
    {(props) => (
      <span class="with-unit">
        <input
          {...props}
          type="number"
          inputMode="numeric"
          min={min}
          data-test={test}
          value={value ?? ''}
          onInput={(event) => {
            const number = event.currentTarget.valueAsNumber
            onChange(Number.isNaN(number) ? null : number)
          }}
        />
        {unit && <span>{unit}</span>}
      </span>
    )}
  </Field>
)
