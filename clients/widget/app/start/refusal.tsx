import type { ErrorCode } from '../../../../src/contract/errors.ts'
import type { ChatState } from '../../../core/client.ts'
import type { Texts } from '../languages/en.ts'
import { useSay } from '../texts.ts'
import { Challenge, challengeIn } from './challenge.tsx'

const words: Partial<Record<ErrorCode, keyof Texts>> = {
  blocked: 'blocked',
  forbidden: 'blocked',
  not_found: 'blocked',
  identity_required: 'signInFirst',
  identity_invalid: 'signInFirst',
  rate_limited: 'tooMuch',
}

interface RefusalProps {
  state: Pick<ChatState, 'connection' | 'refusal'>
  onChallenge(answer: string): void
}

/** Why no chat begins, or not yet. */
export function Refusal({ state: { connection, refusal }, onChallenge }: RefusalProps) {
  const say = useSay()
  if (!refusal) return null
  const challenge = refusal.code === 'challenge_required' ? challengeIn(refusal.details) : null
  // Another answer than the last one, for which it was made anew.
  if (challenge) return <Challenge key={refusal} challenge={challenge} onAnswer={onChallenge} />
  const text = words[refusal.code] ?? (connection === 'refused' ? 'cannotBegin' : null)
  return (
    text && (
      <p class="refusal" role="alert" data-test="refusal">
        {say(text)}
      </p>
    )
  )
}
