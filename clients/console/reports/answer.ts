import { useState } from 'preact/hooks'
import { type Loaded, useLoad } from '../frame/load.ts'

/** All that is shown of a question is asked anew together. `turn`: how often it was. */
export interface Asking {
  turn: number
  again(): void
}

export function useAsking(): Asking {
  const [turn, setTurn] = useState(0)
  return { turn, again: () => setTurn((now) => now + 1) }
}

interface Answer<T> {
  question: string
  data: T
}

/** Null: there is none, or it was given to another question. */
export const answerTo = <T>(question: string, answer: Answer<T> | null): T | null =>
  answer?.question === question ? answer.data : null

/** Figures of another question never stand beneath this one: not while it is asked, and not when that fails. */
export function useAnswer<A extends object, T>(
  asked: A,
  { turn, again }: Asking,
  ask: (asked: A) => Promise<T>,
): Loaded<T> {
  const question = JSON.stringify(asked)
  const loaded = useLoad(() => ask(asked).then((data) => ({ question, data })), [question, turn])
  return {
    ...loaded,
    data: answerTo(question, loaded.data),
    again,
    set: (change) => loaded.set((now) => ({ ...now, data: change(now.data) })),
  }
}

/** What shows it stays while it is asked, without figures: a table that was opened does not close. */
export const whileAsked = <T>(loaded: Loaded<T>): Loaded<{ answer: T | null }> => ({
  ...loaded,
  data: loaded.data === null && loaded.problem ? null : { answer: loaded.data },
  set: (change) => loaded.set((answer) => change({ answer }).answer ?? answer),
})
