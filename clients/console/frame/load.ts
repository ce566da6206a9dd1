import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { asProblem, type Problem } from './problem.ts'

/** What is read for a page. While it is read again, and when that fails, `data` is still what was there. */
export interface Loaded<T> {
  data: T | null
  problem: Problem | null
  isLoading: boolean
  again(): void
  /** Puts in what a change has answered. */
  set(change: (data: T) => T): void
}

/** Reads when the page opens and whenever `inputs` change; an answer that was overtaken is left out. */
export function useLoad<T>(load: () => Promise<T>, inputs: readonly unknown[]): Loaded<T> {
  const [state, setState] = useState<Pick<Loaded<T>, 'data' | 'problem' | 'isLoading'>>({
    data: null,
    problem: null,
    isLoading: true,
  })
  const turn = useRef(0)

  const again = useCallback(() => {
    const mine = (turn.current += 1)
    setState(({ data }) => ({ data, problem: null, isLoading: true }))
    const end = (next: (data: T | null) => Pick<Loaded<T>, 'data' | 'problem'>) => {
      if (mine === turn.current) setState(({ data }) => ({ ...next(data), isLoading: false }))
    }
    load().then(
      (data) => end(() => ({ data, problem: null })),
      (error: unknown) => end((data) => ({ data, problem: asProblem(error) })),
    )
  }, inputs)
  useEffect(again, [again])

  return {
    ...state,
    again,
    set: (change) => setState((now) => ({ ...now, data: now.data === null ? null : change(now.data) })),
  }
}
