import { useEffect } from 'react'
import { AppState } from 'react-native'
import type { Pausable } from './pausable.ts'

/**
 * Closes the line a while after the app went to the background, and opens it as soon as it is back. An app that was put
 * to sleep had no time to close it, and its line may be dead without knowing: then it is opened anew all the same.
 */
export function useBackground(pausable: Pausable | null, afterMs: number): void {
  useEffect(() => {
    if (!pausable) return
    let leftAt: number | null = null
    let timer: ReturnType<typeof setTimeout> | undefined
    const leave = () => {
      if (leftAt !== null) return
      leftAt = Date.now()
      timer = setTimeout(pausable.pause, afterMs)
    }
    const comeBack = () => {
      clearTimeout(timer)
      if (leftAt !== null && Date.now() - leftAt >= afterMs) pausable.pause()
      leftAt = null
      pausable.resume()
    }
    const heard = AppState.addEventListener('change', (state) => {
      if (state === 'background') leave()
      if (state === 'active') comeBack()
    })
    return () => {
      clearTimeout(timer)
      heard.remove()
    }
  }, [pausable, afterMs])
}
