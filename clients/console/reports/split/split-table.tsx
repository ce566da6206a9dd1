import type { ReportRow, ShownMetric } from '../../../../src/contract/analytics.ts'
import { Traced } from '../figures/traced.tsx'
import { type Sort, shareOfLargest, sorted, sortedBy } from './sorted.ts'

interface SplitTableProps {
  /** What the lines are: `Agents`. */
  name: string
  rows: readonly ReportRow[]
  metrics: readonly ShownMetric[]
  drawn: string
  /** Null: by what is drawn. */
  chosen: Sort | null
  onSort(sort: Sort): void
  onTrace(metric: ShownMetric, row: ReportRow): void
}

/** Figures side by side, the largest of what is drawn first. */
export function SplitTable({ name, rows, metrics, drawn, chosen, onSort, onTrace }: SplitTableProps) {
  const isShown = (id: string | null) => id === null || metrics.some((metric) => metric.id === id)
  const first = metrics.some(({ id }) => id === drawn) ? drawn : (metrics[0]?.id ?? null)
  const sort = chosen && isShown(chosen.by) ? chosen : { by: first, isDown: true }
  const by = (id: string | null) => () => onSort(sortedBy(id, sort))
  return (
    <div class="table-frame split-table" data-test="split-table">
      <table aria-label={name}>
        <thead>
          <tr>
            <SortHead title={name} isSorted={sort.by === null} {...{ sort }} onSort={by(null)} />
            {metrics.map(({ id, title }) => (
              <SortHead key={id} kind="number" title={title} isSorted={sort.by === id} {...{ sort }} onSort={by(id)} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted(rows, sort).map((row) => (
            <tr key={row.key} data-test="split-row">
              <th scope="row">{row.label}</th>
              {metrics.map((metric) => (
                <FigureCell
                  key={metric.id}
                  {...{ metric, row }}
                  bar={sort.by === metric.id ? shareOfLargest(rows, row, metric.id) : null}
                  onTrace={() => onTrace(metric, row)}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface SortHeadProps {
  title: string
  kind?: 'number'
  sort: Sort
  isSorted: boolean
  onSort(): void
}

const SortHead = ({ title, kind, sort, isSorted, onSort }: SortHeadProps) => (
  <th scope="col" class={kind} aria-sort={isSorted ? (sort.isDown ? 'descending' : 'ascending') : undefined}>
    <button type="button" class="sort" data-test="sort" onClick={onSort}>
      {title} <span aria-hidden="true">{isSorted ? (sort.isDown ? '↓' : '↑') : ''}</span>
    </button>
  </th>
)

interface FigureCellProps {
  metric: ShownMetric
  row: ReportRow
  /** From 0 to 1; null: none. */
  bar: number | null
  onTrace(): void
}

const FigureCell = ({ metric, row, bar, onTrace }: FigureCellProps) => (
  <td class="number">
    {bar !== null && <i class="cell-bar" style={{ width: `${bar * 100}%` }} />}
    <span>
      <Traced
        unit={metric.unit}
        value={row.values[metric.id]?.value ?? null}
        about={`${metric.title}, ${row.label}`}
        onTrace={metric.traceable ? onTrace : null}
      />
    </span>
  </td>
)
