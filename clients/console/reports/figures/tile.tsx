import type { MetricValues, Report, ShownMetric } from '../../../../src/contract/analytics.ts'
import type { MetricValue } from '../../../../src/contract/metric.ts'
import { ChangeNote } from './change-note.tsx'
import { Explain } from './explain.tsx'
import { words } from './figure-words.ts'
import { type FigureTile, nameInTile } from './tiles-of.ts'
import { ValueText } from './value-text.tsx'

export interface TileActs {
  /** Puts it into the chart. */
  onDraw(metric: ShownMetric): void
  /** Shows the chats behind it. */
  onTrace(metric: ShownMetric): void
}

interface TileProps extends TileActs {
  tile: FigureTile
  report: Report | null
  /** The day on the clock of whoever looks. */
  today: string
  drawn: string
}

export function Tile({ tile: { title, figures }, report, today, drawn, onDraw, onTrace }: TileProps) {
  const chosen = figures.find(({ id }) => id === drawn)
  const [first, ...others] = figures
  const main = chosen ?? first
  const figure = (metric: ShownMetric) => ({
    ...{ metric, onDraw },
    values: report?.total,
    isDrawn: metric.id === drawn,
  })
  return (
    <li class={chosen ? 'tile chosen' : 'tile'} data-test="tile" data-metric={first.id}>
      <div class="tile-head">
        <h2>{title}</h2>
        <Explain title={title} figures={figures} />
      </div>
      <Figure {...figure(first)} isAlone={others.length === 0} />
      {others.length > 0 && (
        <div class="tile-others">
          {others.map((metric) => (
            <Figure key={metric.id} {...figure(metric)} />
          ))}
        </div>
      )}
      <p class="tile-change">{report && <ChangeNote metric={main} {...{ report, today }} />}</p>
      <Foot metric={main} now={report?.total[main.id]} onTrace={onTrace} />
    </li>
  )
}

interface FootProps {
  metric: ShownMetric
  now: MetricValue | undefined
  onTrace(metric: ShownMetric): void
}

const Foot = ({ metric, now, onTrace }: FootProps) => (
  <p class="tile-foot">
    <span>{now && words.sample(metric, now)}</span>
    {metric.traceable && now && now.value !== null && now.of > 0 && (
      <button type="button" class="link" data-test="trace" onClick={() => onTrace(metric)}>
        Show chats<span class="read-out"> behind {metric.title}</span>
      </button>
    )}
  </p>
)

interface FigureProps {
  metric: ShownMetric
  values: MetricValues | undefined
  isDrawn: boolean
  isAlone?: boolean
  onDraw(metric: ShownMetric): void
}

const Figure = ({ metric, values, isDrawn, isAlone = false, onDraw }: FigureProps) => {
  const value = values?.[metric.id]
  return (
    <button type="button" class="tile-figure" aria-pressed={isDrawn} data-test="draw" onClick={() => onDraw(metric)}>
      <strong>{value ? <ValueText unit={metric.unit} value={value.value} /> : <span class="bone" />}</strong>{' '}
      <span class={isAlone ? 'read-out' : undefined}>{isAlone ? metric.title : shortNames(nameInTile(metric))}</span>
    </button>
  )
}

/** There is little room beside a figure. */
const shortNames = (name: string): string => (name === '90th percentile' ? '90th pct.' : name)
