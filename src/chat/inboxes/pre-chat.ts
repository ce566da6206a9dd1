import { z } from 'zod'
import type { StartSession } from '../../contract/chat.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { Inbox, PreChatField } from '../../contract/inbox.ts'

type Answers = Pick<StartSession, 'name' | 'email' | 'attributes'>
type Asking = Pick<Inbox, 'preChat' | 'outsideHours'>

/** Throws `invalid_input` with the path of each answer that is missing or wrong. `offline`: nobody is there to answer now. */
export function checkPreChat(inbox: Asking, answers: Answers, offline: boolean): void {
  const details = inbox.preChat.flatMap((field) => faultOf(field, answerTo(field, answers)) ?? [])
  const asksEmail = details.some(({ path }) => path === 'email')
  if (needsEmail(inbox, offline) && answers.email === undefined && !asksEmail) {
    details.push({ path: 'email', problem: 'required' })
  }
  if (details.length > 0) throw new DeskbridgeError('invalid_input', { details })
}

export const needsEmail = ({ preChat, outsideHours }: Asking, offline: boolean): boolean =>
  (offline && outsideHours.requireEmail) || preChat.some(({ key, required }) => key === 'email' && required)

const isOwnField = (key: string): key is 'name' | 'email' => key === 'name' || key === 'email'
const answerTo = ({ key }: PreChatField, answers: Answers) =>
  isOwnField(key) ? answers[key] : answers.attributes?.[key]

function faultOf(field: PreChatField, answer: string | number | boolean | undefined) {
  const path = isOwnField(field.key) ? field.key : `attributes.${field.key}`
  const text = answer === undefined ? '' : String(answer).trim()
  if (text === '') return field.required ? { path, problem: 'required' } : null
  if (field.type === 'select' && !field.options.includes(text)) return { path, problem: 'not one of the options' }
  if (field.type === 'email' && !z.email().safeParse(text).success) return { path, problem: 'not an email address' }
  return null
}
