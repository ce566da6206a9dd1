import { useEffect, useState } from 'preact/hooks'

/** Long enough that a word is typed, short enough that nobody waits. ms */
const pauseMs = 150

/** A value once it has stood still, so that not every letter is a question to the service. */
export function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs)
    return () => clearTimeout(timer)
  }, [value])
  return settled
}
