import { useEffect, useRef, useState } from 'preact/hooks'
import { useSay } from '../texts.ts'
import type { Asking } from './show-challenge.ts'
import { showChallenge } from './show-challenge.ts'

export function challengeIn(details: unknown): Asking | null {
  const { siteKey, scriptUrl } = Object(details)
  return typeof siteKey === 'string' && typeof scriptUrl === 'string' ? { siteKey, scriptUrl } : null
}

interface ChallengeProps {
  challenge: Asking
  onAnswer(answer: string): void
}

/** Loaded only here: most chats begin without one. */
export function Challenge({ challenge, onAnswer }: ChallengeProps) {
  const say = useSay()
  const box = useRef<HTMLDivElement>(null)
  const [isBroken, setBroken] = useState(false)
  const show = async () => {
    setBroken(false)
    try {
      if (box.current) await showChallenge(box.current, challenge, onAnswer)
    } catch {
      setBroken(true)
    }
  }
  useEffect(() => void show(), [])
  return (
    <div class="challenge">
      <p>{say('challenge')}</p>
      <div ref={box} data-test="challenge" />
      {isBroken && (
        <p class="fault" role="alert">
          {say('challengeFailed')}{' '}
          <button type="button" class="link" onClick={show}>
            {say('tryAgain')}
          </button>
        </p>
      )}
    </div>
  )
}
