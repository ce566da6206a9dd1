import type { ShownMetric } from '../../../src/contract/analytics.ts'
import { useFrame } from '../frame/frame.ts'
import { Blank } from '../parts/list.tsx'
import { type Question, seesAgents } from './question/question.ts'

interface NothingProps {
  question: Question
  metrics: readonly ShownMetric[]
  onChange(change: Partial<Question>): void
}

/** Why there are no figures, and what to ask in place of it. */
export function Nothing({ question, metrics, onChange }: NothingProps) {
  const { me } = useFrame()
  // By an address that somebody else sent.
  if (!seesAgents(me) && metrics.every(({ group }) => group === 'agents'))
    return (
      <Blank
        title="Agents’ time is not shown to you"
        text="It is of the whole installation, and only for those who see all inboxes."
      />
    )
  return <NothingHappened {...{ question, onChange }} />
}

function NothingHappened({ question: { inboxes, filter }, onChange }: Omit<NothingProps, 'metrics'>) {
  const isNarrow = inboxes.length > 0 || filter !== null
  const text = isNarrow
    ? 'Choose more days, or look at all chats.'
    : 'Choose more days, or come back when there were chats.'
  return (
    <Blank title="Nothing happened in these days" text={text}>
      <div class="acts">
        <button type="button" class="act" onClick={() => onChange({ period: { kind: 'named', name: 'year' } })}>
          Last 365 days
        </button>
        {isNarrow && (
          <button type="button" class="act" onClick={() => onChange({ inboxes: [], filter: null })}>
            All chats
          </button>
        )}
      </div>
    </Blank>
  )
}
