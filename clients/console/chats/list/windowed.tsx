import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { windowOf } from './window-of.ts'

interface WindowedProps<T> {
  items: readonly T[]
  /** Of every row. px */
  rowHeight: number
  keyOf(item: T): string
  /** Stays drawn wherever it is, so that the focus on it is not lost. */
  kept: string | null
  label: string
  /** The end comes into sight. */
  onEnd(): void
  children(item: T): ComponentChildren
}

/** A long list of which only what can be seen is drawn. */
export function Windowed<T>({ items, rowHeight, keyOf, kept, label, onEnd, children }: WindowedProps<T>) {
  const box = useRef<HTMLDivElement>(null)
  const [seen, setSeen] = useState({ top: 0, height: 800 })
  const look = () => box.current && setSeen({ top: box.current.scrollTop, height: box.current.clientHeight })
  useEffect(() => {
    look()
    const observer = new ResizeObserver(look)
    if (box.current) observer.observe(box.current)
    return () => observer.disconnect()
  }, [])
  const { from, to } = windowOf({ count: items.length, rowHeight, ...seen })
  const isAtEnd = to === items.length
  useEffect(() => {
    if (isAtEnd) onEnd()
  }, [isAtEnd, items.length])

  return (
    <div class="window" ref={box} onScroll={look}>
      <ul aria-label={label} style={{ height: `${items.length * rowHeight}px` }}>
        {items.map((item, index) => {
          const key = keyOf(item)
          if ((index < from || index >= to) && key !== kept) return null
          return (
            <li
              key={key}
              aria-posinset={index + 1}
              aria-setsize={items.length}
              style={{ transform: `translateY(${index * rowHeight}px)`, height: `${rowHeight}px` }}
            >
              {children(item)}
            </li>
          )
        })}
      </ul>
    </div>
  )
}
