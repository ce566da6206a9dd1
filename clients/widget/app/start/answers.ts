import type { Facts } from '../../../core/client.ts'
import type { Texts } from '../languages/en.ts'
import { faultOf, type Question } from './questions.ts'

export type Answers = Readonly<Record<string, string>>
export type Faults = Readonly<Record<string, keyof Texts>>

export function faultsIn(questions: readonly Question[], answers: Answers): Faults {
  const faults = questions.map((question) => [question.key, faultOf(question, answers[question.key] ?? '')] as const)
  return Object.fromEntries(faults.flatMap(([key, fault]) => (fault ? [[key, fault]] : [])))
}

/** `name` and `email` are the visitor's own fields, all else is an attribute. What was left out is not said. */
export function factsFrom(questions: readonly Question[], answers: Answers): Facts {
  const given = questions.flatMap(({ key }) => {
    const answer = (answers[key] ?? '').trim()
    return answer === '' ? [] : [[key, answer] as const]
  })
  const own = given.filter(([key]) => key === 'name' || key === 'email')
  const attributes = given.filter(([key]) => key !== 'name' && key !== 'email')
  return { ...Object.fromEntries(own), ...(attributes.length > 0 && { attributes: Object.fromEntries(attributes) }) }
}
