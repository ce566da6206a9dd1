import type { SavedView, ShownMetric } from '../../../../src/contract/analytics.ts'
import type { ReportCalls } from '../calls.ts'
import { Definitions } from '../figures/definitions.tsx'
import type { Question } from '../question/question.ts'
import { DigestPanel } from './digest-panel.tsx'
import type { OpenPanel } from './open-panel.ts'
import type { ViewActs } from './saved-views.ts'
import { ViewPanel } from './view-panel.tsx'

interface PanelsProps {
  open: OpenPanel
  calls: ReportCalls
  question: Question
  /** All that there are. */
  metrics: readonly ShownMetric[]
  /** Those that the report shows. */
  shown: readonly ShownMetric[]
  view: SavedView | null
  acts: ViewActs
  onClose(): void
}

/** What is open beside the report. */
export function Panels({ open, calls, question, metrics, shown, view, acts, onClose }: PanelsProps) {
  if (open === 'definitions') return <Definitions {...{ metrics, onClose }} />
  if (open === 'new view' || open === 'view')
    return (
      <ViewPanel
        {...{ calls, metrics, question, acts, onClose }}
        shown={shown.map(({ id }) => id)}
        view={open === 'view' ? view : null}
      />
    )
  return open === 'digest' && view && <DigestPanel {...{ calls, view, acts, onClose }} />
}
