import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { Icon } from '../parts/icon.tsx'
import { useSay } from '../texts.ts'
import { emoji } from './emoji.ts'

/** A button with pictograms behind it: arrows go through them, Escape leaves them. */
export function EmojiButton({ onChoose }: { onChoose(one: string): void }) {
  const say = useSay()
  const [isOpen, setOpen] = useState(false)
  const [at, setAt] = useState(0)
  const whole = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!isOpen) return
    const leave = ({ target }: Event) => whole.current?.contains(target as Node) || setOpen(false)
    addEventListener('pointerdown', leave)
    return () => removeEventListener('pointerdown', leave)
  }, [isOpen])
  // Before the next key is pressed.
  useLayoutEffect(() => {
    if (isOpen) (grid.current?.children[at] as HTMLElement | undefined)?.focus()
  }, [isOpen, at])

  const move = (event: KeyboardEvent) => {
    if (!grid.current) return
    const { columns, forward } = shapeOf(grid.current)
    const step = { ArrowRight: forward, ArrowLeft: -forward, ArrowDown: columns, ArrowUp: -columns }[event.key]
    if (event.key === 'Escape') {
      setOpen(false)
      button.current?.focus()
    } else if (event.key === 'Tab') return setOpen(false)
    else if (step === undefined) return
    else setAt(Math.max(0, Math.min(emoji.length - 1, at + step)))
    event.preventDefault()
    event.stopPropagation()
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
        <div ref={grid} class="sheet emojis" role="dialog" aria-label={say('emoji')} onKeyDown={move}>
          {emoji.map((one, index) => (
            <button
              key={one}
              type="button"
              tabIndex={index === at ? 0 : -1}
              onClick={() => {
                setOpen(false)
                onChoose(one)
              }}
            >
              {one}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}

/** As it is laid out now. `forward`: 1 where one reads from left to right. */
function shapeOf(grid: HTMLElement): { columns: number; forward: 1 | -1 } {
  const { direction, gridTemplateColumns } = getComputedStyle(grid)
  return { columns: gridTemplateColumns.split(' ').length, forward: direction === 'rtl' ? -1 : 1 }
}
