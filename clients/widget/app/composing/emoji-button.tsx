import { Icon } from '../parts/icon.tsx'
import { seldom } from '../parts/seldom.tsx'
import { useSheet } from '../parts/sheet.ts'
import { useSay } from '../texts.ts'

const EmojiSheet = seldom((parts) => parts.EmojiSheet)

/** A button with pictograms behind it. */
export function EmojiButton({ onChoose }: { onChoose(one: string): void }) {
  const say = useSay()
  const { whole, button, isOpen, toggle, leave } = useSheet()
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
        onClick={toggle}
      >
        <Icon name="smile" />
      </button>
      {isOpen && (
        <EmojiSheet
          onLeave={leave}
          onChoose={(one) => {
            leave(false)
            onChoose(one)
          }}
        />
      )}
    </div>
  )
}
