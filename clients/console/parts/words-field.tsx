import { useState } from 'preact/hooks'
import { Icon } from '../frame/icon.tsx'
import { Field } from './field.tsx'
import { addWords } from './words.ts'

interface WordsFieldProps {
  label: string
  words: readonly string[]
  onChange(words: string[]): void
  hint?: string
  fault?: string | null
  isOptional?: boolean
  placeholder?: string
  /** What was used elsewhere, to choose from. */
  known?: readonly string[]
  test?: string
}

/** A list of words: Enter or a comma adds one, Backspace in the empty field takes the last away. */
export function WordsField({ words, onChange, known = [], placeholder, test = '', ...field }: WordsFieldProps) {
  const [typed, setTyped] = useState('')
  const take = (text: string) => {
    onChange(addWords(words, text))
    setTyped('')
  }
  return (
    <Field {...field}>
      {(props) => (
        <div class="words">
          {words.map((word) => (
            <span key={word} class="word">
              {word}
              <button
                type="button"
                aria-label={`Remove ${word}`}
                onClick={() => onChange(words.filter((one) => one !== word))}
              >
                <Icon name="cross" />
              </button>
            </span>
          ))}
          <input
            {...props}
            value={typed}
            autocomplete="off"
            list={known.length > 0 ? `${props.id}-known` : undefined}
            placeholder={words.length === 0 ? (placeholder ?? '') : ''}
            data-test={test}
            onInput={({ currentTarget: { value } }) => (value.endsWith(',') ? take(value) : setTyped(value))}
            onBlur={() => typed.trim() !== '' && take(typed)}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && typed.trim() !== '') {
                event.preventDefault()
                take(typed)
              }
              if (event.key === 'Backspace' && typed === '') onChange(words.slice(0, -1))
            }}
          />
          <datalist id={`${props.id}-known`}>
            {known
              .filter((word) => !words.includes(word))
              .map((word) => (
                <option key={word} value={word} />
              ))}
          </datalist>
        </div>
      )}
    </Field>
  )
}
