import type { RefObject } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { Facts } from '../../../core/client.ts'
import { type Answers, type Faults, faultsIn } from './answers.ts'
import { focusFirst } from './focus.ts'
import { answerIn, type Question } from './questions.ts'

/** Kept apart from the answers to what is asked. */
export const messageKey = 'message:'

interface Form {
  form: RefObject<HTMLFormElement | null>
  answers: Answers
  faults: Faults
  answer(key: string, answer: string): void
  submit(event: Event): void
}

/** What was found wrong is said at its field until it is answered anew; the first such field has the focus. */
export function useForm(questions: readonly Question[], known: Facts, send: (answers: Answers) => void): Form {
  const form = useRef<HTMLFormElement>(null)
  const [faults, setFaults] = useState<Faults>({})
  const [answers, setAnswers] = useState<Answers>(() =>
    Object.fromEntries(questions.map(({ key }) => [key, answerIn(known, key) ?? ''])),
  )
  useEffect(() => {
    if (document.activeElement === document.body) focusFirst(form.current)
  }, [])
  return {
    form,
    answers,
    faults,
    answer(key, answer) {
      setAnswers((before) => ({ ...before, [key]: answer }))
      setFaults(({ [key]: _, ...others }) => others)
    },
    submit(event) {
      event.preventDefault()
      const found = faultsIn(questions, answers)
      setFaults(found)
      const first = questions.find(({ key }) => found[key])
      const field = first && form.current?.elements.namedItem(first.key)
      if (field instanceof HTMLElement) field.focus()
      if (!first) send(answers)
    },
  }
}
