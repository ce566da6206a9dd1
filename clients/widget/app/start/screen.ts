import type { ShownInbox } from '../../../../src/contract/inbox.ts'
import type { ChatState, Facts } from '../../../core/client.ts'
import { type Question, questionsAgain, questionsOf } from './questions.ts'

/** Whether the inbox has said how it looks and what it asks. Without an answer the chat works without. */
export type Asked = { kind: 'asking' } | { kind: 'shown'; inbox: ShownInbox } | { kind: 'unknown' }

/**
 * `questions`: they come before the first message. `again`: the server wants better answers, and the message waits.
 * `leave`: nobody is here, and a message can be left.
 */
export type Screen =
  | { kind: 'waiting' }
  | { kind: 'questions'; questions: readonly Question[] }
  | { kind: 'again'; questions: readonly Question[] }
  | { kind: 'leave'; inbox: ShownInbox; questions: readonly Question[] }
  | { kind: 'chat' }

type Begun = Pick<ChatState, 'sessionId' | 'pending' | 'uploads' | 'conversation'>

/** Something was said, by whomever. */
export const hasBegun = ({ sessionId, pending, uploads, conversation }: Begun): boolean =>
  sessionId !== null || pending.length + uploads.length + conversation.messages.length > 0

export function screenOf(asked: Asked, state: ChatState, facts: Facts, wasAsked: boolean): Screen {
  const { connection, refusal } = state
  if (hasBegun(state)) {
    if (asked.kind !== 'shown' || connection !== 'refused' || refusal?.code !== 'invalid_input') return { kind: 'chat' }
    const questions = questionsAgain(asked.inbox, refusal.details)
    return questions.length > 0 ? { kind: 'again', questions } : { kind: 'chat' }
  }
  switch (asked.kind) {
    case 'asking':
      return { kind: 'waiting' }
    case 'unknown':
      return { kind: 'chat' }
    case 'shown': {
      const questions = questionsOf(asked.inbox, facts, wasAsked)
      if (!asked.inbox.open) return { kind: 'leave', inbox: asked.inbox, questions }
      return questions.length > 0 ? { kind: 'questions', questions } : { kind: 'chat' }
    }
  }
}
