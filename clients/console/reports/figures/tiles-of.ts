import type { ShownMetric } from '../../../../src/contract/analytics.ts'

/** What belongs together: a figure, or the average, median and percentile of one time. The first is the one that is large. */
export interface FigureTile {
  title: string
  figures: readonly [ShownMetric, ...ShownMetric[]]
}

const ending = /_(avg|p50|p90)$/
const largest = 'p50'

const measureOf = ({ id }: ShownMetric): string => id.replace(ending, '')

export function tilesOf(metrics: readonly ShownMetric[]): FigureTile[] {
  const groups = Map.groupBy(metrics, measureOf)
  return [...groups.values()].flatMap((group) => {
    const [first, ...rest] = group.toSorted((one, other) => rank(one) - rank(other))
    return first
      ? [{ title: rest.length > 0 ? titleOfTime(first) : first.title, figures: [first, ...rest] as const }]
      : []
  })
}

const rank = ({ id }: ShownMetric): number => (id.endsWith(`_${largest}`) ? 0 : 1)

/** In place of a percentile the average of the same time; everything else is itself. */
export const averageOf = (metric: ShownMetric, known: readonly ShownMetric[]): ShownMetric =>
  known.find(({ id }) => id === `${measureOf(metric)}_avg`) ?? metric

const cut = ({ title }: ShownMetric): number => title.lastIndexOf(', ')
const titleOfTime = (metric: ShownMetric): string => metric.title.slice(0, cut(metric))
/** `median`, of `First response, median`. */
export const nameInTile = (metric: ShownMetric): string => metric.title.slice(cut(metric) + 2)

export const asSentence = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

/** What says most, where nothing was chosen. */
const summary = [
  'sessions',
  'resolved',
  'missed_share',
  'csat_score',
  'first_response',
  'later_response',
  'wait',
  'duration',
]

export const summaryOf = (metrics: readonly ShownMetric[]): ShownMetric[] =>
  summary.flatMap((id) => metrics.filter((metric) => measureOf(metric) === id))
