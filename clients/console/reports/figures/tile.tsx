import type { MetricValues, Report, ShownMetric } from '../../../../src/contract/analytics.ts'
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
  drawn: string
}

export function Tile({ tile: { title, figures }, report, drawn, onDraw, onTrace }: TileProps) {
  const chosen = figures.find(({ id }) => id === drawn)
  const [first, ...others] = figures
  const main = chosen ?? first
  const now = report?.total[main.id]
  return (
    <li class={chosen ? 'tile chosen' : 'tile'} data-test="tile" data-metric={first.id}>
      <div class="tile-head">
        <h2>{title}</h2>
        <Explain title={title} figures={figures} />
      </div>
      <Figure
        metric={first}
        values={report?.total}
        isDrawn={first.id === drawn}
        isAlone={others.length === 0}
        {...{ onDraw }}
      />
      {others.length > 0 && (
        <div class="tile-others">
          {others.map((metric) => (
            <Figure
              key={metric.id}
              metric={metric}
              values={report?.total}
              isDrawn={metric.id === drawn}
              {...{ onDraw }}
            />
          ))}
        </div>
      )}
      <p class="tile-change">
        {report && <ChangeNote metric={main} now={now} before={report.totalBefore?.[main.id]} />}
      </p>
      <p class="tile-foot">
        <span>{now && words.sample(main, now)}</span>
        {main.traceable && now && now.value !== null && now.of > 0 && (
          <button type="button" class="link" data-test="trace" onClick={() => onTrace(main)}>
            Show chats<span class="read-out"> behind {main.title}</span>
          </button>
        )}
      </p>
    </li>
  )
}

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
