import type { PreChatField, ShownInbox } from '../../../../src/contract/inbox.ts'
import type { Facts } from '../../../core/client.ts'
import type { Texts } from '../languages/en.ts'
import { looksLikeEmail } from './facts.ts'

/** One field of a form. `label` is null where the widget has its own word for it. */
export interface Question extends Pick<PreChatField, 'key' | 'type' | 'required'> {
  label: string | null
  options: readonly string[]
}

const ownEmail: Question = { key: 'email', label: null, type: 'email', required: true, options: [] }

export const answerIn = (facts: Facts, key: string): string | undefined => {
  const value = key === 'name' || key === 'email' ? facts[key] : facts.attributes?.[key]
  return value === undefined ? undefined : String(value)
}

/** What an inbox asks now; outside its hours in any case for an email. */
function allQuestions({ preChat, open, emailRequired }: ShownInbox): Question[] {
  const asked = preChat.map((field) => ({
    ...field,
    required: field.required || (field.key === 'email' && emailRequired),
  }))
  const asksEmail = asked.some(({ key }) => key === 'email')
  return asksEmail || (open && !emailRequired) ? asked : [...asked, { ...ownEmail, required: emailRequired }]
}

/** Without what is known, and without what was left out before. */
export function questionsOf(inbox: ShownInbox, facts: Facts, wasAsked: boolean): Question[] {
  const isOpen = (question: Question) => {
    const answer = answerIn(facts, question.key)
    if (answer !== undefined) return faultOf(question, answer) !== null
    return question.required || !wasAsked
  }
  return allQuestions(inbox).filter(isOpen)
}

/** What the server found wrong, asked again: `attributes.topic`, `email`. */
export function questionsAgain(inbox: ShownInbox, details: unknown): Question[] {
  const paths = Array.isArray(details) ? details.map((one) => Object(one).path) : []
  const isNamed = ({ key }: Question) => paths.includes(key) || paths.includes(`attributes.${key}`)
  // The hours may have ended since the inbox was asked.
  return allQuestions({ ...inbox, emailRequired: inbox.emailRequired || paths.includes('email') })
    .filter(isNamed)
    .map((question) => ({ ...question, required: true }))
}

/** Null: there is none. */
export function faultOf({ type, required, options }: Question, answer: string): keyof Texts | null {
  const given = answer.trim()
  if (given === '') return required ? 'required' : null
  if (type === 'email' && !looksLikeEmail(given)) return 'badEmail'
  if (type === 'select' && !options.includes(given)) return 'badAnswer'
  return null
}
