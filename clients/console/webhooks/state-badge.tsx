import type { ShownEndpoint } from '../../../src/contract/webhook.ts'
import { Badge, type Tone } from '../parts/badge.tsx'
import { timeAgo } from '../parts/when.ts'
import { type EndpointState, stateOf } from './state.ts'

/** In a word, and in some more where there is more to say. */
export function StateBadge({ endpoint }: { endpoint: ShownEndpoint }) {
  const now = Date.now()
  const { tone, word, more } = wordsFor(stateOf(endpoint, now), now)
  return (
    <span class="two-lines">
      <Badge tone={tone}>{word}</Badge>
      {more && <small>{more}</small>}
    </span>
  )
}

function wordsFor(state: EndpointState, now: number): { tone: Tone; word: string; more?: string } {
  switch (state.kind) {
    case 'on':
      return { tone: 'good', word: 'On' }
    case 'off':
      return { tone: 'plain', word: 'Off' }
    case 'gone':
      return { tone: 'bad', word: 'Disabled', more: `Answered 410 ${timeAgo(state.at, now)}` }
    case 'given_up':
      return { tone: 'bad', word: 'Disabled', more: `Failed for five days, ${timeAgo(state.at, now)}` }
    case 'failing':
      return { tone: 'warn', word: 'Failing', more: `Since ${timeAgo(state.since, now)}` }
    case 'resting':
      return {
        tone: 'warn',
        word: state.since ? 'Failing' : 'Resting',
        more: `Rests, next call ${timeAgo(state.until, now)}`,
      }
  }
}
