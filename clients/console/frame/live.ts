import { useEffect, useRef, useState } from 'preact/hooks'
import { type Loaded, useLoad } from './load.ts'

/**
 * Reads again by itself while somebody looks at the page, `everyMs` after each answer, so that a slow service is not asked
 * twice at once. Null: only when told to.
 */
export function useLive<T>(load: () => Promise<T>, inputs: readonly unknown[], everyMs: number | null): Loaded<T> {
  const loaded = useLoad(load, inputs)
  const { isLoading, again } = loaded
  const isShown = useIsShown()
  const wasHidden = useRef(false)
  // It stands until the next answer: a notice that comes and goes is read out each time.
  const known = useRef(loaded.problem)
  if (!isLoading) known.current = loaded.problem

  useEffect(() => {
    if (!isShown) wasHidden.current = true
    if (!isShown || isLoading || everyMs === null) return
    const timer = setTimeout(again, wasHidden.current ? 0 : everyMs)
    wasHidden.current = false
    return () => clearTimeout(timer)
  }, [isShown, isLoading, again, everyMs])
  return { ...loaded, problem: known.current }
}

function useIsShown(): boolean {
  const [isShown, setIsShown] = useState(!document.hidden)
  useEffect(() => {
    const look = () => setIsShown(!document.hidden)
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  return isShown
}
