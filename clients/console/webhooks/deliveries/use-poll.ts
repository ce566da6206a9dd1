import { useEffect, useRef } from 'preact/hooks'

/** Looks again every so often; null: not. While nobody sees the page it rests, and looks when they come back. ms */
export function usePoll(pause: number | null, look: () => void): void {
  const latest = useRef(look)
  latest.current = look
  useEffect(() => {
    if (pause === null) return
    const lookIfSeen = () => {
      if (!document.hidden) latest.current()
    }
    const timer = setInterval(lookIfSeen, pause)
    document.addEventListener('visibilitychange', lookIfSeen)
    return () => {
      clearInterval(timer)
      document.removeEventListener('visibilitychange', lookIfSeen)
    }
  }, [pause])
}
