import { useEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../parts/icon.tsx'
import { seldom } from '../parts/seldom.tsx'
import { useSay } from '../texts.ts'

const EmojiSheet = seldom((parts) => parts.EmojiSheet)

/** A button with pictograms behind it. */
export function EmojiButton({ onChoose }: { onChoose(one: string): void }) {
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  const whole = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!isOpen) return
    const leave = ({ target }: Event) => whole.current?.contains(target as Node) || setOpen(false)
    addEventListener('pointerdown', leave)
    return () => removeEventListener('pointerdown', leave)
  }, [isOpen])
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
