import { useRef } from 'preact/hooks'
import { useFrame } from '../frame/frame.ts'
import { asProblem } from '../frame/problem.ts'

/**
 * Does one thing at a time, and says what was refused. Its button is not disabled meanwhile: whoever works by the keyboard
 * would lose their place.
 */
export function useAct() {
  const { tell } = useFrame()
  const isBusy = useRef(false)
  return async <T>(call: () => Promise<T>, onDone: (answer: T) => void): Promise<void> => {
    if (isBusy.current) return
    isBusy.current = true
    await call().then(onDone, (error: unknown) => tell(asProblem(error).message, 'problem'))
    isBusy.current = false
  }
}
