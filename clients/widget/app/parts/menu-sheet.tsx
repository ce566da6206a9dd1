import { useLayoutEffect, useRef } from 'preact/hooks'
import type { Choice } from './choice.ts'
import { Icon } from './icon.tsx'

interface MenuSheetProps {
  label: string
  choices: readonly Choice[]
  /** `back`: to the button. */
  onLeave(back: boolean): void
}

/** Arrows go through the choices, Escape and Tab leave them. */
export function MenuSheet({ label, choices, onLeave }: MenuSheetProps) {
  const sheet = useRef<HTMLDivElement>(null)
  const items = () => [...(sheet.current?.querySelectorAll<HTMLElement>('[role^=menuitem]') ?? [])]

  // Before the next key is pressed.
  useLayoutEffect(() => {
    items()[0]?.focus()
    // Near the end of what scrolls, all of it is wanted.
    sheet.current?.scrollIntoView({ block: 'nearest' })
  }, [])

  const move = (event: KeyboardEvent) => {
    const all = items()
    const at = all.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key]
    if (event.key === 'Escape') onLeave(true)
    else if (to !== undefined) all.at(to % all.length)?.focus()
    else return event.key === 'Tab' ? onLeave(false) : undefined
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div ref={sheet} class="sheet" role="menu" aria-label={label} onKeyDown={move}>
      {choices.map(({ name, test, isOn, choose }) => (
        <button
          key={name}
          type="button"
          tabIndex={-1}
          data-test={test}
          {...(isOn === undefined ? { role: 'menuitem' } : { role: 'menuitemcheckbox', 'aria-checked': isOn })}
          onClick={() => {
            onLeave(true)
            choose()
          }}
        >
          {name}
          {isOn && <Icon name="check" />}
        </button>
      ))}
    </div>
  )
}
