import { useRef, useState } from 'preact/hooks'
import { Icon } from '../parts/icon.tsx'
import { useLeaving } from '../parts/leaving.ts'
import { seldom } from '../parts/seldom.tsx'
import { useSay } from '../texts.ts'

const EmojiSheet = seldom((parts) => parts.EmojiSheet)

/** A button with pictograms behind it. */
export function EmojiButton({ onChoose }: { onChoose(one: string): void }) {
  const say = useSay()
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
        data-test="widget-emoji"
        aria-label={say('emoji')}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name="smile" />
      </button>
      {isOpen && (
        <EmojiSheet
          onLeave={leave}
          onChoose={(one) => {
            setOpen(false)
            onChoose(one)
          }}
        />
      )}
    </div>
  )
}
