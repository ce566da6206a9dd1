import { useRef, useState } from 'preact/hooks'
import type { Choice } from './choice.ts'
import { Icon } from './icon.tsx'
import { useLeaving } from './leaving.ts'
import { seldom } from './seldom.tsx'

interface MenuProps {
  label: string
  test?: string
  choices: readonly Choice[]
}

const MenuSheet = seldom((parts) => parts.MenuSheet)

/** A button with choices behind it. */
export function Menu({ label, test, choices }: MenuProps) {
  const [isOpen, setOpen] = useState(false)
  const whole = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  useLeaving(whole, isOpen, () => setOpen(false))

  const leave = (back: boolean) => {
    setOpen(false)
    if (back) button.current?.focus()
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
      {isOpen && <MenuSheet label={label} choices={choices} onLeave={leave} />}
    </div>
  )
}
