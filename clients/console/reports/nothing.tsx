import { Blank } from '../parts/list.tsx'
import type { Question } from './question/question.ts'

interface NothingProps {
  question: Question
  onChange(change: Partial<Question>): void
}

/** Why there are no figures, and what to ask in place of it. */
export function Nothing({ question: { inboxes, filter }, onChange }: NothingProps) {
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
