import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

interface Sheet {
  /** What holds the button and the sheet. */
  whole: RefObject<HTMLDivElement | null>
  button: RefObject<HTMLButtonElement | null>
  isOpen: boolean
  open(): void
  toggle(): void
  /** `back`: to the button. */
  leave(back: boolean): void
}

/** What a button opens above the page. Whoever points somewhere else has left it. */
export function useSheet(): Sheet {
  const [isOpen, setOpen] = useState(false)
  const whole = useRef<HTMLDivElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!isOpen) return
    const pointed = ({ target }: Event) => {
      if (!(target instanceof Node && whole.current?.contains(target))) setOpen(false)
    }
    addEventListener('pointerdown', pointed)
    return () => removeEventListener('pointerdown', pointed)
  }, [isOpen])
  return {
    ...{ whole, button, isOpen },
    open: () => setOpen(true),
    toggle: () => setOpen(!isOpen),
    leave(back) {
      setOpen(false)
      if (back) button.current?.focus()
    },
  }
}
