import type { ShownMetric, TracedChat } from '../../../../src/contract/analytics.ts'
import { words } from '../figures/figure-words.ts'

type Value = Pick<TracedChat['values'][number], 'of' | 'value'>

/** What a chat adds to a figure that is made of several. */
const parts: Readonly<Record<string, string>> = {
  started: 'started',
  closed: 'closed',
  missed: 'missed',
  reopened: 'came back',
  transferred: 'handed on',
  ratings: 'rated',
  satisfied: 'satisfied',
  visitor_messages: 'of the visitor',
  agent_messages: 'of the team',
}

/** So many times fit into a cell. */
const mostTimes = 3

/** What one chat adds to a figure: its times, its scores, how many, or which parts of it. */
export function countedText({ unit }: Pick<ShownMetric, 'unit'>, values: readonly Value[]): string {
  const queued = values.filter(({ of }) => of.endsWith('_ms'))
  if (unit === 'ms' || queued.length > 0) return timesText(queued.length > 0 ? queued : values)
  if (unit === 'score') return scoresText(values)
  const sums = Map.groupBy(values, ({ of }) => of)
  const counts = [...sums].map(([of, all]) => [of, all.reduce((sum, { value }) => sum + value, 0)] as const)
  if (unit === 'count') return words.whole(counts.reduce((sum, [, count]) => sum + count, 0))
  return counts.map(([of, count]) => partText(of, count)).join(', ')
}

function timesText(values: readonly Value[]): string {
  const told = values.slice(0, mostTimes).map(({ value }) => words.told('ms', value))
  const more = values.length - told.length
  return `${told.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}

const scoresText = (values: readonly Value[]): string =>
  values
    .filter(({ of }) => of === 'score')
    .map(({ value }) => words.whole(value))
    .join(', ')

function partText(of: string, count: number): string {
  const part = parts[of] ?? of.replaceAll('_', ' ')
  return count === 1 ? part : `${words.whole(count)} ${part}`
}
