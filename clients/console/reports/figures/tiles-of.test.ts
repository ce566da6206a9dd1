import { expect, it } from 'vitest'
import { metrics } from '../../../../src/contract/metrics.ts'
import { averageOf, nameInTile, summaryOf, tilesOf } from './tiles-of.ts'

const speed = metrics.filter(({ group }) => group === 'speed')

it('puts the figures of one time together, the median first', () => {
  expect(tilesOf(speed).map(({ title, figures }) => [title, ...figures.map(nameInTile)])).toEqual(
    ['First response', 'Later responses', 'Automated response', 'Handling', 'Duration'].map((title) => [
      ...[title, 'median', 'average', '90th percentile'],
    ]),
  )
})

it('leaves a figure that stands alone its whole title', () => {
  const alone = metrics.filter(({ id }) => id === 'wait_p90' || id === 'missed_share')
  expect(tilesOf(alone).map(({ title }) => title)).toEqual(['Waiting, 90th percentile', 'Missed, share'])
})

it('has a summary of what there is', () => {
  const titles = tilesOf(summaryOf(metrics)).map(({ title }) => title)
  expect(titles).toEqual([
    ...['Chats', 'Resolved', 'Missed, share', 'Satisfaction, score'],
    ...['First response', 'Later responses', 'Waiting', 'Duration'],
  ])
})

it('knows the average in place of a percentile', () => {
  const asked = metrics.filter(({ id }) => ['wait_p50', 'to_slack_p90', 'wait_avg', 'sessions'].includes(id))
  expect(Object.fromEntries(asked.map((metric) => [metric.id, averageOf(metric, metrics).id]))).toEqual({
    wait_p50: 'wait_avg',
    to_slack_p90: 'to_slack_avg',
    wait_avg: 'wait_avg',
    sessions: 'sessions',
  })
})
