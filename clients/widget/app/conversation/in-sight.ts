import { useEffect, useState } from 'preact/hooks'

/** Whether somebody can see the page: its tab is in front, and the frame that it is in is shown. */
export function useInSight(): boolean {
  const [isInSight, setInSight] = useState(false)
  useEffect(() => {
    let isShown = false
    const tell = () => setInSight(isShown && document.visibilityState === 'visible')
    const watch = new IntersectionObserver((entries) => {
      isShown = entries.at(-1)?.isIntersecting ?? false
      tell()
    })
    watch.observe(document.body)
    document.addEventListener('visibilitychange', tell)
    return () => {
      watch.disconnect()
      document.removeEventListener('visibilitychange', tell)
    }
  }, [])
  return isInSight
}
