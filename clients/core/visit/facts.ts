import type { StartSessionInput } from '../../../src/contract/chat.ts'
import type { UpdateVisitor } from '../../../src/contract/identity.ts'
import type { Owed } from './owed.ts'

export type Facts = Omit<UpdateVisitor, 'sessionId'>

/** What was said of the visitor: told to the chat that there is, and with the start of the next. */
export interface FactsSaid {
  update(facts: Facts): void
  /** `proven`: with the token that takes the place of the one before. */
  identify(identityToken: string, proven: (token: string) => void): void
  answerChallenge(answer: string): void
  /** All that a start can say. `again`: it may have been begun by then, with less. */
  forStart(again: boolean): StartSessionInput
  notStarted(): void
  /** What was told with the start is not told again. */
  started(): void
  /** False: there is none that was accepted before. */
  forgetOldIdentity(): boolean
}

export function createFacts({ about, owed }: { about(): StartSessionInput; owed: Owed }): FactsSaid {
  let said: Facts = {}
  let identity: { token: string; wasAccepted: boolean } | null = null
  let challengeAnswer: string | undefined
  /** With each start that may have begun the chat. */
  let toldWithStart: ReturnType<Owed['list']> = []
  /** Else another tab did. */
  let isStarting = false

  return {
    update(facts) {
      said = { ...said, ...facts, attributes: { ...said.attributes, ...facts.attributes } }
      void owed.add('update_visitor', facts)
    },
    identify(identityToken, proven) {
      const own = { token: identityToken, wasAccepted: false }
      identity = own
      void owed.add('identify', { identityToken }, (answer) => {
        if (answer.ok) own.wasAccepted = true
        else if (identity === own && answer.error.code === 'identity_invalid') identity = null
        if (answer.ok && typeof answer.token === 'string') proven(answer.token)
      })
    },
    answerChallenge(answer) {
      challengeAnswer = answer
    },
    forStart(again) {
      const before = toldWithStart
      toldWithStart = owed.list().filter((one) => !again || before.includes(one))
      isStarting = true
      // Where the visitor is now, and whatever else the page tells by itself, is for `about` to say.
      const { page: _page, phone: _phone, ...known } = said
      return {
        ...about(),
        ...known,
        ...(identity && { identityToken: identity.token }),
        ...(challengeAnswer !== undefined && { challengeAnswer }),
      }
    },
    notStarted() {
      isStarting = false
    },
    started() {
      challengeAnswer = undefined
      if (!isStarting) return
      owed.drop(toldWithStart)
      isStarting = false
      if (identity) identity.wasAccepted = true
      // A start has no place for it.
      if (said.phone !== undefined) void owed.add('update_visitor', { phone: said.phone })
    },
    forgetOldIdentity() {
      if (!identity?.wasAccepted) return false
      identity = null
      return true
    },
  }
}
