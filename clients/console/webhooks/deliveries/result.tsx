import type { ShownDelivery } from '../../../../src/contract/webhook.ts'
import { Badge, type Tone } from '../../parts/badge.tsx'
import { timeAgo } from '../../parts/when.ts'
import { whyWords } from './why-words.ts'

/** What became of a delivery so far. */
export function Result({ delivery }: { delivery: ShownDelivery }) {
  const { tone, word } = states[delivery.state]
  return (
    <span class="two-lines result">
      <Badge tone={tone}>{word}</Badge>
      <small>{detailsOf(delivery)}</small>
    </span>
  )
}

const states: Record<ShownDelivery['state'], { tone: Tone; word: string }> = {
  waiting: { tone: 'warn', word: 'Waiting' },
  delivered: { tone: 'good', word: 'Delivered' },
  failed: { tone: 'bad', word: 'Failed' },
}

function detailsOf({ state, lastStatus, lastWhy, nextAt }: ShownDelivery): string {
  const last = lastStatus !== null ? `Answered ${lastStatus}` : lastWhy ? whyWords(lastWhy) : ''
  const next = state === 'waiting' && nextAt ? `next ${timeAgo(nextAt, Date.now())}` : ''
  return [last, next].filter(Boolean).join(', ')
}
