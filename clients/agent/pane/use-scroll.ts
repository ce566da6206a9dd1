import { useLayoutEffect, useRef } from 'preact/hooks'
import { holdPlace } from '../../parts/place.ts'

/** Whoever is so near to the end reads what comes. px */
const atEnd = 80
/** So near to the beginning more is asked for. px */
const atTop = 120

interface Scroll {
  /** Names the first line, so that what comes before it moves nothing that is read. */
  first: unknown
  /** Changes with everything at the end. */
  last: unknown
  /** There is more before the first. */
  onTop: (() => void) | null
}

/** Stays at the end while somebody is there, and where they read while they read back. */
export function useScroll({ first, last, onTop }: Scroll) {
  const box = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  // Still as it was drawn last.
  const putBack = !isAtEnd.current && box.current ? holdPlace(box.current) : undefined

  useLayoutEffect(() => {
    const { current } = box
    if (!current) return
    if (isAtEnd.current) current.scrollTop = current.scrollHeight
    else putBack?.()
  }, [first, last])

  const onScroll = () => {
    const { current } = box
    if (!current) return
    isAtEnd.current = current.scrollHeight - current.scrollTop - current.clientHeight < atEnd
    if (current.scrollTop < atTop && !isAtEnd.current) onTop?.()
  }
  // A picture that has come makes its line higher.
  const onLoadCapture = () => {
    if (box.current && isAtEnd.current) box.current.scrollTop = box.current.scrollHeight
  }
  return { ref: box, onScroll, onLoadCapture }
}
