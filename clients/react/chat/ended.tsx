/** @jsxImportSource react */
import { useChat, useChatState } from '../hooks/hooks.ts'
import type { Say } from './texts.ts'

const scores = [1, 2, 3, 4, 5]

/** What can be done once the chat is over. */
export function Ended({ say }: { say: Say }) {
  const chat = useChat()
  const { info } = useChatState().conversation
  return (
    <div className="deskbridge-notice">
      <p role="status">{say('ended')}</p>
      {info && info.rating !== null && <p role="status">{say('thanks')}</p>}
      {info?.resolution && info.rating === null && (
        <fieldset>
          <legend>{say('rateQuestion')}</legend>
          {scores.map((score) => (
            <button
              key={score}
              type="button"
              aria-label={say('stars', { count: score })}
              onClick={() => void chat.rate(score)}
            >
              {'★'.repeat(score)}
            </button>
          ))}
        </fieldset>
      )}
      <button type="button" onClick={() => chat.startAnew()}>
        {say('newChat')}
      </button>
    </div>
  )
}
