import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks'
import { keepPlace, placeIn } from '../../../parts/place.ts'

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
  /** Asks for what is before the first. */
  older(): Promise<void>
  /** One is at the end, where more has come. */
  atEnd(): void
}

/** A list that stays at its end while one is there, and where one reads while one reads. */
export function useScroll({ first, last, isOwn, older, atEnd }: Shown) {
  const box = useRef<HTMLElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const isAtEnd = useRef(true)
  const before = useRef<{ first: string | undefined; last: string | undefined }>({ first: undefined, last: undefined })
  const isAsking = useRef(false)
  const [hasNews, setNews] = useState(false)

  const toEnd = () => {
    isAtEnd.current = true
    setNews(false)
    if (box.current) box.current.scrollTop = box.current.scrollHeight
  }
  const askForOlder = async () => {
    if (isAsking.current) return
    isAsking.current = true
    await older()
    isAsking.current = false
  }
  const scrolled = () => {
    if (!box.current) return
    const { scrollTop, scrollHeight, clientHeight } = box.current
    isAtEnd.current = scrollHeight - scrollTop - clientHeight < nearEnd
    if (isAtEnd.current) setNews(false)
    if (scrollTop < nearStart && !isAtEnd.current) void askForOlder()
  }

  // Still as it was drawn last: what comes before it is to move nothing that is read.
  const place = box.current && !isAtEnd.current && first !== before.current.first ? placeIn(box.current) : null

  useLayoutEffect(() => {
    const area = box.current
    if (!area) return
    const hasMore = last !== before.current.last
    before.current = { first, last }
    if (isAtEnd.current || (hasMore && isOwn)) {
      toEnd()
      return atEnd()
    }
    if (hasMore) setNews(true)
    if (place) keepPlace(area, place)
  }, [first, last])

  // Whatever grows: a picture that came, a keyboard, an answer of several lines.
  useEffect(() => {
    const watch = new ResizeObserver(() => {
      if (isAtEnd.current) toEnd()
    })
    if (box.current) watch.observe(box.current)
    if (list.current) watch.observe(list.current)
    return () => watch.disconnect()
  }, [])

  return { box, list, scrolled, toEnd, hasNews, askForOlder }
}
