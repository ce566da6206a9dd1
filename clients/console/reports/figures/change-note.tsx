import type { Report, ShownMetric } from '../../../../src/contract/analytics.ts'
import { type Change, changeOf } from './change.ts'
import { isComparable } from './comparable.ts'
import { words } from './figure-words.ts'

interface ChangeNoteProps {
  metric: ShownMetric
  report: Report
  /** The day on the clock of whoever looks. */
  today: string
}

const arrows: Record<Change['way'], string> = { up: '↑', down: '↓', same: '→' }

/** An arrow and words; the colour says nothing that they do not. */
export function ChangeNote({ metric, report, today }: ChangeNoteProps) {
  const [now, before] = [report.total[metric.id], report.totalBefore?.[metric.id]]
  if (before && !isComparable(metric, report, today)) return <NotOver was={words.told(metric.unit, before.value)} />
  const change = changeOf(metric, now?.value ?? null, before?.value ?? null)
  if (!change) {
    const isNew = before !== undefined && typeof now?.value === 'number'
    return <span class="change">{isNew && 'Nothing before'}</span>
  }
  const { way, much, verdict } = change
  return (
    <span class={`change ${verdict ?? ''}`} data-test="change">
      <span>
        <span aria-hidden="true">{arrows[way]} </span>
        {way === 'same' ? (
          'Unchanged'
        ) : (
          <span class={much === null ? undefined : 'read-out'}>{much === null ? way : `${way} `}</span>
        )}
        {much}
        {verdict && `${much === null ? ',' : ''} ${verdict}`}
      </span>
      {way !== 'same' && <span class="muted">was {words.told(metric.unit, before?.value ?? null)}</span>}
    </span>
  )
}

const NotOver = ({ was }: { was: string }) => (
  <span class="change" data-test="change">
    <span>was {was},</span> <span>this period is not over</span>
  </span>
)
