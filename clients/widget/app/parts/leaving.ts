import type { RefObject } from 'preact'
import { useEffect } from 'preact/hooks'

/** Whoever points somewhere else has left what is open. */
export function useLeaving(whole: RefObject<HTMLElement | null>, isOpen: boolean, leave: () => void): void {
  useEffect(() => {
    if (!isOpen) return
    const pointed = ({ target }: Event) => {
      if (!(target instanceof Node && whole.current?.contains(target))) leave()
    }
    addEventListener('pointerdown', pointed)
    return () => removeEventListener('pointerdown', pointed)
  }, [isOpen])
}
