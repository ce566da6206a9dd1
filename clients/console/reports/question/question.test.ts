import { expect, it } from 'vitest'
import { metrics } from '../../../../src/contract/metrics.ts'
import { sectionsFor, splitOf, splitsOf } from './question.ts'

it('offers the agents’ time to those alone who see all inboxes', () => {
  const has = (inboxes: string[]) => sectionsFor({ inboxes }).some(([section]) => section === 'agents')
  expect([has([]), has(['sales'])]).toEqual([true, false])
})

it('tells figures apart by what they are known of, and begins with the first of these', () => {
  const of = (group: string) => metrics.filter((metric) => metric.group === group)
  const ways = (...asked: Parameters<typeof splitsOf>) => splitsOf(...asked).map(([by]) => by)
  const ofBo = { kind: 'agent', value: 'agt_bo' } as const
  expect([
    ways(null, of('agents')),
    ways(null, of('bridge')),
    ways(ofBo, of('agents')),
    ways(ofBo, of('bridge')),
    splitOf(splitsOf(null, of('agents')), 'inbox')?.[0],
    splitOf(splitsOf(null, of('bridge')), 'tag')?.[0],
    splitOf(splitsOf(ofBo, of('bridge')), 'inbox'),
  ]).toEqual([
    ['agent', 'hour_of_week'],
    ['inbox', 'channel', 'tag', 'hour_of_week'],
    ['agent'],
    [],
    'agent',
    'tag',
    undefined,
  ])
})
