import { useRef, useState } from 'preact/hooks'
import { wordsFor } from './fault-words.ts'
import { asProblem, type Fault, Problem } from './problem.ts'

export interface Form<T> {
  value: T
  set<K extends keyof T>(name: K, value: T[K]): void
  /** What is to be typed over, and what is typed; alone: both. */
  begin(start: T, value?: T): void
  isChanged: boolean
  isBusy: boolean
  /** What belongs to no field that is shown. */
  problem: Problem | null
  /** What is wrong with a field, or with something inside it. */
  faultAt(path: string): string | null
  /** Resolves to whether it was done. What is refused is shown, and what was typed stays. */
  submit(): Promise<boolean>
}

/** `send` resolves to what is there afterwards, if that is not what was typed. */
export function useForm<T extends object>(initial: T, send: (value: T) => Promise<T | null>): Form<T> {
  const [start, setStart] = useState(initial)
  const [value, setValue] = useState(initial)
  const [problem, setProblem] = useState<Problem | null>(null)
  const [isBusy, setIsBusy] = useState(false)
  const isSending = useRef(false)

  const begin = (next: T, typed: T = next) => {
    setStart(next)
    setValue(typed)
    setProblem(null)
  }
  const submit = async (): Promise<boolean> => {
    if (isSending.current) return false
    isSending.current = true
    setIsBusy(true)
    setProblem(null)
    const answer = await send(value).catch(asProblem)
    isSending.current = false
    setIsBusy(false)
    if (answer instanceof Problem) {
      setProblem(answer)
      focusFirstFault()
      return false
    }
    begin(answer ?? value)
    return true
  }

  return {
    value,
    isBusy,
    problem,
    isChanged: JSON.stringify(value) !== JSON.stringify(start),
    set: (name, next) => setValue((now) => ({ ...now, [name]: next })),
    begin,
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
