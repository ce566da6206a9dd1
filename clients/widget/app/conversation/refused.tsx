import type { ErrorBody } from '../../../../src/contract/errors.ts'
import { useSay } from '../texts.ts'
import { whyNot } from '../why-not.ts'

interface RefusedProps {
  why: ErrorBody
  onRetry(): void
  onDiscard(): void
}

/** What the server will not take as it is. */
export function Refused({ why, onRetry, onDiscard }: RefusedProps) {
  const say = useSay()
  return (
    <div class="when problem" role="alert">
      {say('notSent', { reason: whyNot(why, say) })}
      <p>
        <button type="button" onClick={onRetry}>
          {say('tryAgain')}
        </button>
        <button type="button" onClick={onDiscard}>
          {say('remove')}
        </button>
      </p>
    </div>
  )
}
