import type { ComponentChildren } from 'preact'
import { useReducer, useState } from 'preact/hooks'
import type { ChatClient, ChatState, Facts } from '../../../core/client.ts'
import { seldom } from '../parts/seldom.tsx'
import { useSay } from '../texts.ts'
import { GreetedBy, Hello } from './hello.tsx'
import { type Asked, screenOf } from './screen.ts'
import type { Visitor } from './visitor.ts'

const Refusal = seldom((parts) => parts.Refusal)
const LeaveForm = seldom((parts) => parts.LeaveForm)
const QuestionsForm = seldom((parts) => parts.QuestionsForm)

interface StartProps {
  client: ChatClient
  state: ChatState
  asked: Asked
  visitor: Visitor
  /** The conversation. */
  children: ComponentChildren
}

/** What comes before a conversation, where something has to. */
export function Start({ client, state, asked, visitor, children }: StartProps) {
  const say = useSay()
  const [hasLeft, setLeft] = useState(false)
  const [, lookAgain] = useReducer((count: number) => count + 1, 0)
  const facts = visitor.facts()
  const inbox = asked.kind === 'shown' ? asked.inbox : null
  const screen = screenOf(asked, state, facts, visitor.wasAsked())
  const answer = (answers: Facts) => {
    visitor.answer(answers)
    client.update(visitor.facts())
    lookAgain(null)
  }
  const leave = (answers: Facts, message: string) => {
    answer(answers)
    setLeft(visitor.facts().email !== undefined)
    client.send(message)
  }

  switch (screen.kind) {
    case 'waiting':
      return <div class="start" aria-busy="true" />
    case 'questions':
      return (
        <div class="start">
          <GreetedBy value={{ inbox, facts }}>
            <Hello />
          </GreetedBy>
          <QuestionsForm questions={screen.questions} facts={facts} onAnswer={answer} />
        </div>
      )
    case 'again':
      return (
        <div class="start">
          <QuestionsForm questions={screen.questions} facts={facts} onAnswer={answer} />
        </div>
      )
    case 'leave':
      return (
        <div class="start">
          <LeaveForm inbox={screen.inbox} questions={screen.questions} facts={facts} onLeave={leave} />
        </div>
      )
    case 'chat':
      return (
        <GreetedBy value={{ inbox, facts }}>
          {state.refusal && <Refusal state={state} onChallenge={client.answerChallenge} />}
          {hasLeft && (
            <p class="notice" role="status">
              {say('left')}
            </p>
          )}
          {children}
        </GreetedBy>
      )
  }
}
