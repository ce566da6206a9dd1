import { useEffect, useState } from 'preact/hooks'
import { post } from '../../live.ts'

interface Option {
  text: { text: string }
  value: string
}

/** A list that the app fills as somebody types. */
export function Choice(props: {
  at: string
  user: string
  field: string
  placeholder: string
  choose(value: string): void
}) {
  const { at, user, field, placeholder, choose } = props
  const [typed, setTyped] = useState('')
  const [chosen, setChosen] = useState<string | null>(null)
  const [options, setOptions] = useState<Option[]>([])
  useEffect(() => {
    let current = true
    void post(`${at}/suggestions`, { user, field, typed }).then(async (answer) => {
      const { body }: { body: { options?: Option[] } | null } = await answer.json()
      if (current) setOptions(body?.options ?? [])
    })
    return () => {
      current = false
    }
  }, [at, user, field, typed])
  return (
    <>
      <input
        id={field}
        type="search"
        placeholder={placeholder}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <span class="options">
        {options.map(({ text, value }) => (
          <button
            key={value}
            type="button"
            aria-pressed={chosen === value}
            onClick={() => {
              setChosen(value)
              choose(value)
            }}
          >
            {text.text}
          </button>
        ))}
      </span>
    </>
  )
}
