import { useEffect, useRef, useState } from 'preact/hooks'
import type { ChatClient, ChatState } from '../../../core/client.ts'
import { Icon } from '../parts/icon.tsx'
import { useSay } from '../texts.ts'
import { whyNot } from '../why-not.ts'
import { decline, declined } from './declined.ts'

interface RatingProps {
  conversation: ChatState['conversation']
  rate: ChatClient['rate']
}

/** Asked once after each end of a chat in which somebody answered. */
export function Rating({ conversation, rate }: RatingProps) {
  const say = useSay()
  const [thanked, setThanked] = useState<string | null>(null)
  const [refused, setRefused] = useState<string | null>(null)
  const { info, status, messages } = conversation
  const resolution = info?.resolution ?? null
  if (status !== 'closed' || resolution === null) return null
  if (thanked === resolution) {
    return (
      <p class="notice" role="status" data-test="widget-rated">
        {say('rated')}
      </p>
    )
  }
  const wasAnswered = messages.some(({ senderType }) => senderType === 'agent')
  const isOver = info?.rating !== null || refused === resolution || declined(resolution)
  if (isOver || !wasAnswered) return null
  return (
    <RatingForm
      rate={rate}
      onRated={() => setThanked(resolution)}
      onDecline={() => {
        decline(resolution)
        setRefused(resolution)
      }}
    />
  )
}

const scores = [1, 2, 3, 4, 5]

function RatingForm({ rate, onRated, onDecline }: Pick<RatingProps, 'rate'> & { onRated(): void; onDecline(): void }) {
  const say = useSay()
  const [score, setScore] = useState(0)
  const [comment, setComment] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const form = useRef<HTMLFormElement>(null)
  // Whoever has just rated finds themself where they write.
  useEffect(
    () => () => {
      if (form.current?.contains(document.activeElement))
        document.querySelector<HTMLElement>('[data-test=widget-input]')?.focus()
    },
    [],
  )

  const send = async () => {
    const answer = await rate(score, comment.trim() || undefined)
    if (answer?.ok || answer?.error.code === 'already_rated') onRated()
    else setProblem(say('notDone', { reason: whyNot(answer?.error, say) }))
  }
  return (
    <form
      ref={form}
      class="rating"
      data-test="widget-rating"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <fieldset>
        <legend>{say('rateQuestion')}</legend>
        <div class="stars">
          {scores.map((count) => (
            <label key={count} class={count <= score ? 'on' : ''}>
              <input
                type="radio"
                name="score"
                value={count}
                checked={count === score}
                aria-label={say('stars', { count })}
                onChange={() => setScore(count)}
              />
              <Icon name="star" />
            </label>
          ))}
        </div>
      </fieldset>
      {score > 0 && (
        <textarea
          rows={2}
          dir={comment ? 'auto' : undefined}
          maxLength={2_000}
          value={comment}
          aria-label={say('rateComment')}
          placeholder={say('rateComment')}
          onInput={(event) => setComment(event.currentTarget.value)}
        />
      )}
      {problem && <p role="alert">{problem}</p>}
      <div class="answers">
        <button type="button" class="plain" onClick={onDecline}>
          {say('notNow')}
        </button>
        <button type="submit" class="main" disabled={score === 0} data-test="widget-rate">
          {say('rate')}
        </button>
      </div>
    </form>
  )
}
