import { useRef, useState } from 'preact/hooks'
import { wordsFor } from './fault-words.ts'
import { asProblem, type Fault, type Problem } from './problem.ts'

export interface Form<T> {
  value: T
  set<K extends keyof T>(name: K, value: T[K]): void
  setAll(value: T): void
  isChanged: boolean
  isBusy: boolean
  /** What belongs to no field that is shown. */
  problem: Problem | null
  /** What is wrong with a field, or with something inside it. */
  faultAt(path: string): string | null
  /** Resolves to whether it was done. What is refused is shown, and what was typed stays. */
  submit(): Promise<boolean>
}

export function useForm<T extends object>(initial: T, send: (value: T) => Promise<void>): Form<T> {
  const [start, setStart] = useState(initial)
  const [value, setValue] = useState(initial)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const isSending = useRef(false)

  const submit = async (): Promise<boolean> => {
    if (isSending.current) return false
    isSending.current = true
    setIsBusy(true)
    setProblem(null)
    const refused = await send(value).then(() => null, asProblem)
    isSending.current = false
    setIsBusy(false)
    setProblem(refused)
    if (!refused) setStart(value)
    else queueMicrotask(focusFirstFault)
    return !refused
  }

  return {
    value,
    isBusy,
    problem,
    isChanged: JSON.stringify(value) !== JSON.stringify(start),
    set: (name, next) => setValue((now) => ({ ...now, [name]: next })),
    setAll(next) {
      setStart(next)
      setValue(next)
      setProblem(null)
    },
    faultAt: (path) => faultIn(problem?.faults ?? [], path),
    submit,
  }
}

export function faultIn(faults: readonly Fault[], path: string): string | null {
  const found = faults.find((fault) => fault.path === path || fault.path.startsWith(`${path}.`))
  return found ? wordsFor(found.problem) : null
}

/** Once it is drawn. */
function focusFirstFault(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
