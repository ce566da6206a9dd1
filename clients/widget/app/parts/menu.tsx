import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Icon } from './icon.tsx'

export interface Choice {
  name: string
  test?: string
  /** Of what is on or off. */
  isOn?: boolean
  choose(): void
}

interface MenuProps {
  label: string
  test?: string
  choices: readonly Choice[]
}

/** A button with choices behind it: arrows go through them, Escape and Tab leave them. */
export function Menu({ label, test, choices }: MenuProps) {
  const [isOpen, setOpen] = useState(false)
  const whole = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const items = () => [...(whole.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])]

  // Before the next key is pressed.
  useLayoutEffect(() => {
    if (!isOpen) return
    items()[0]?.focus()
    // Near the end of what scrolls, all of it is wanted.
    items()[0]?.parentElement?.scrollIntoView({ block: 'nearest' })
    const leave = ({ target }: Event) => whole.current?.contains(target as Node) || setOpen(false)
    addEventListener('pointerdown', leave)
    return () => removeEventListener('pointerdown', leave)
  }, [isOpen])

  const shut = () => {
    setOpen(false)
    button.current?.focus()
  }
  const move = (event: KeyboardEvent) => {
    const all = items()
    const at = all.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key]
    if (event.key === 'Escape') shut()
    else if (to !== undefined) all.at(to % all.length)?.focus()
    else return event.key === 'Tab' ? setOpen(false) : undefined
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div class="menu" ref={whole}>
      <button
        ref={button}
        type="button"
        class="icon"
        data-test={test}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          setOpen(true)
        }}
      >
        <Icon name="more" />
      </button>
      {isOpen && (
        <div class="sheet" role="menu" aria-label={label} onKeyDown={move}>
          {choices.map(({ name, test, isOn, choose }) => (
            <button
              key={name}
              type="button"
              tabIndex={-1}
              data-test={test}
              {...(isOn === undefined ? { role: 'menuitem' } : { role: 'menuitemcheckbox', 'aria-checked': isOn })}
              onClick={() => {
                shut()
                choose()
              }}
            >
              {name}
              {isOn && <Icon name="check" />}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
