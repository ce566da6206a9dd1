import { useState } from 'preact/hooks'
import { useFrame } from '../frame/frame.ts'
import { asProblem } from '../frame/problem.ts'

/** One thing at a time; what was refused is said. */
export function useAct() {
  const { tell } = useFrame()
  const [isBusy, setIsBusy] = useState(false)
  const act = async <T>(call: () => Promise<T>, onDone: (answer: T) => void): Promise<void> => {
    setIsBusy(true)
    await call().then(onDone, (error: unknown) => tell(asProblem(error).message, 'problem'))
    setIsBusy(false)
  }
  return { act, isBusy }
}
