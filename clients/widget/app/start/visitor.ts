import type { Facts } from '../../../core/client.ts'
import type { Storage } from '../../../core/platform/storage.ts'
import { factsIn, factsInToken, together } from './facts.ts'

/** What is known of who sits here, over all their chats in this browser. */
export interface Visitor {
  facts(): Facts
  /** They were asked, and have left out what they wanted to. */
  wasAsked(): boolean
  /** Of the page, for as long as it is open. */
  say(facts: Facts): void
  identify(token: string): void
  token(): string | undefined
  /** Kept for the next chat. */
  answer(facts: Facts): void
}

export function createVisitor(storage: Storage, key: string): Visitor {
  let said: Facts = {}
  let token: string | undefined
  let answered = readAnswers(storage.getItem(key))
  return {
    facts: () => together(answered ?? {}, said),
    wasAsked: () => answered !== null,
    say(facts) {
      said = together(said, facts)
    },
    identify(next) {
      token = next
      said = together(said, factsInToken(next))
    },
    token: () => token,
    answer(facts) {
      answered = together(answered ?? {}, facts)
      storage.setItem(key, JSON.stringify(answered))
    },
  }
}

function readAnswers(text: string | null): Facts | null {
  try {
    return text === null ? null : factsIn(JSON.parse(text))
  } catch {
    return null
  }
}
