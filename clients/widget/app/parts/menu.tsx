import type { Choice } from './choice.ts'
import { Icon } from './icon.tsx'
import { seldom } from './seldom.tsx'
import { useSheet } from './sheet.ts'

interface MenuProps {
  label: string
  test?: string
  choices: readonly Choice[]
}

const MenuSheet = seldom((parts) => parts.MenuSheet)

/** A button with choices behind it. */
export function Menu({ label, test, choices }: MenuProps) {
  const { whole, button, isOpen, open, toggle, leave } = useSheet()
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
        onClick={toggle}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          open()
        }}
      >
        <Icon name="more" />
      </button>
      {isOpen && <MenuSheet label={label} choices={choices} onLeave={leave} />}
    </div>
  )
}
