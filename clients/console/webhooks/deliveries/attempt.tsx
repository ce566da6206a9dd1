import type { Attempt } from '../../../../src/contract/webhook.ts'
import { Badge } from '../../parts/badge.tsx'
import { exactly } from '../../parts/when.ts'
import { whyWords } from './why-words.ts'

interface AttemptViewProps {
  attempt: Attempt
  isOpen?: boolean
}

/** One call and what came back; whatever was answered is shown as text. */
export const AttemptView = ({ attempt, isOpen = false }: AttemptViewProps) => (
  <details class="attempt" open={isOpen} data-test="attempt">
    <summary>
      <Badge tone={attempt.outcome === 'delivered' ? 'good' : 'bad'}>{attempt.status ?? 'No answer'}</Badge>
      <span class="attempt-words">{wordsFor(attempt)}</span>
      <span class="muted">{Math.round(attempt.ms)} ms</span>
      <time dateTime={attempt.at}>{exactly(attempt.at)}</time>
    </summary>
    {attempt.status !== null && <Answer attempt={attempt} />}
  </details>
)

const wordsFor = ({ outcome, why }: Attempt) =>
  why ? whyWords(why) : outcome === 'delivered' ? 'Delivered' : 'Refused'

const Answer = ({ attempt: { headers, body, truncated } }: { attempt: Attempt }) => (
  <div class="answer">
    <h4>Headers of the answer</h4>
    <dl class="facts">
      {headers.map(({ name, value }, index) => (
        <div key={index} class="fact">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
    <h4>Answer</h4>
    {body === '' ? (
      <p class="muted">It was empty.</p>
    ) : (
      <figure class="code" aria-label="Answer">
        <pre data-test="answer">{body}</pre>
      </figure>
    )}
    {truncated && <p class="hint">The first 20 kB of it are kept.</p>}
  </div>
)
