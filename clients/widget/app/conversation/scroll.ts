import type { TargetedEvent } from 'preact'
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { holdPlace } from '../../../parts/place.ts'

/** That little is the end all the same. Pixels. */
const nearEnd = 48
/** What comes before is asked for before one is there. Pixels. */
const nearStart = 120

interface Shown {
  /** Of the first and the last that are there. */
  first: string | undefined
  last: string | undefined
  /** The last one is our own: whoever writes wants to see it. */
  isOwn: boolean
  /** Asks for what is before the first, once at a time. */
  older(): void
  /** One is at the end, where more has come. */
  atEnd(): void
}

/** A list that stays at its end while one is there, and where one reads while one reads. */
export function useScroll({ first, last, isOwn, older, atEnd }: Shown) {
  const box = useRef<HTMLElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const lastBefore = useRef(last)
  const [hasNews, setNews] = useState(false)

  const toEnd = () => {
    isAtEnd.current = true
    setNews(false)
    if (box.current) box.current.scrollTop = box.current.scrollHeight
  }
  const scrolled = ({ currentTarget: { scrollTop, scrollHeight, clientHeight } }: TargetedEvent<HTMLElement>) => {
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < nearEnd
    if (isAtEnd.current) setNews(false)
    else if (scrollTop < nearStart) older()
  }

  // Still as it was drawn last: what comes before it is to move nothing that is read.
  const putBack = !isAtEnd.current && box.current ? holdPlace(box.current) : undefined

  useLayoutEffect(() => {
    const hasMore = last !== lastBefore.current
    lastBefore.current = last
    if (isAtEnd.current || (isOwn && hasMore)) {
      toEnd()
      return atEnd()
    }
    if (hasMore) setNews(true)
    putBack?.()
  }, [first, last])

  // Whatever grows: a picture that came, a keyboard, an answer of several lines.
  useEffect(() => {
    const watch = new ResizeObserver(() => isAtEnd.current && toEnd())
    if (box.current) watch.observe(box.current)
    if (list.current) watch.observe(list.current)
    return () => watch.disconnect()
  }, [])

  return { box, list, scrolled, toEnd, hasNews }
}
