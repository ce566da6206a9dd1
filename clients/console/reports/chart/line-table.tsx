import type { ShownMetric } from '../../../../src/contract/analytics.ts'
import { type Column, Table } from '../../parts/table.tsx'
import { Traced } from '../figures/traced.tsx'
import { ValueText } from '../figures/value-text.tsx'
import type { Stretch } from '../question/period.ts'
import type { DrawnLine } from './options.ts'

interface LineTableProps {
  metric: ShownMetric
  stretch: Stretch
  lines: readonly DrawnLine[]
  hasBefore: boolean
  onTrace(line: DrawnLine): void
}

const titles: Record<Stretch, string> = { hour: 'Hour', day: 'Day', month: 'Month' }

/** What the chart shows, in figures. */
export function LineTable({ metric, stretch, lines, hasBefore, onTrace }: LineTableProps) {
  const { unit } = metric
  const columns: Column<DrawnLine>[] = [
    { title: titles[stretch], cell: ({ whole }) => whole },
    {
      title: metric.title,
      kind: 'number',
      cell: (line) => (
        <Traced
          {...{ unit }}
          value={line.now}
          about={`${metric.title}, ${line.whole}`}
          onTrace={metric.traceable ? () => onTrace(line) : null}
        />
      ),
    },
    ...(hasBefore
      ? [
          {
            title: 'Before',
            kind: 'number' as const,
            cell: ({ before }: DrawnLine) => <ValueText unit={unit} value={before} />,
          },
        ]
      : []),
  ]
  return <Table label={`${metric.title} over time`} rows={lines} columns={columns} keyOf={({ key }) => key} />
}
