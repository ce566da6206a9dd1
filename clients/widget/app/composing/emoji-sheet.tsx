import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { useSay } from '../texts.ts'
import { emoji } from './emoji.ts'

/** As many as are in sight at first: each is a drawing, which takes its time. */
const atFirst = 42

interface EmojiSheetProps {
  onChoose(one: string): void
  /** `back`: to the button. */
  onLeave(back: boolean): void
}

/** Arrows go through the pictograms, Escape leaves them. */
export function EmojiSheet({ onChoose, onLeave }: EmojiSheetProps) {
  const say = useSay()
  const [at, setAt] = useState(0)
  const [count, setCount] = useState(atFirst)
  const grid = useRef<HTMLDivElement>(null)
  // Before the next key is pressed.
  useLayoutEffect(() => {
    const one = grid.current?.children[at]
    if (one instanceof HTMLElement) one.focus()
  }, [at])
  // What scrolls comes once those are painted.
  useEffect(() => setCount(emoji.length), [])

  const move = (event: KeyboardEvent) => {
    if (!grid.current) return
    const { columns, forward } = shapeOf(grid.current)
    const step = { ArrowRight: forward, ArrowLeft: -forward, ArrowDown: columns, ArrowUp: -columns }[event.key]
    if (event.key === 'Tab') return onLeave(false)
    if (event.key === 'Escape') onLeave(true)
    else if (step === undefined) return
    else setAt(Math.max(0, Math.min(count - 1, at + step)))
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div ref={grid} class="sheet emojis" role="dialog" aria-label={say('emoji')} onKeyDown={move}>
      {emoji.slice(0, count).map((one, index) => (
        <button key={one} type="button" tabIndex={index === at ? 0 : -1} onClick={() => onChoose(one)}>
          {one}
        </button>
      ))}
    </div>
  )
}

/** As it is laid out now. `forward`: 1 where one reads from left to right. */
function shapeOf(grid: HTMLElement): { columns: number; forward: 1 | -1 } {
  const { direction, gridTemplateColumns } = getComputedStyle(grid)
  return { columns: gridTemplateColumns.split(' ').length, forward: direction === 'rtl' ? -1 : 1 }
}
