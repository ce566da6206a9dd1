import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso/router'
import type { SavedView, ShownMetric } from '../../../src/contract/analytics.ts'
import { useFrame } from '../frame/frame.ts'
import { useAsking } from './answer.ts'
import type { ReportCalls } from './calls.ts'
import { summaryOf } from './figures/tiles-of.ts'
import { Filters } from './head/filters.tsx'
import { Head } from './head/head.tsx'
import { addressOfReports, readQuestion, writeQuestion } from './question/address.ts'
import { dayOf } from './question/period.ts'
import { type Question, questionOf, sectionNames, usual } from './question/question.ts'
import { Report } from './report.tsx'
import { ReportNavigation } from './views/navigation.tsx'
import type { OpenPanel } from './views/open-panel.ts'
import { Panels } from './views/panels.tsx'
import { useViewActs } from './views/saved-views.ts'

interface ReportPageProps {
  calls: ReportCalls
  metrics: readonly ShownMetric[]
  views: readonly SavedView[]
  /** Null: none of them is open. */
  view: SavedView | null
  onViews(change: (views: SavedView[]) => SavedView[]): void
}

export function ReportPage({ calls, metrics, views, view, onViews }: ReportPageProps) {
  const { me } = useFrame()
  const { query, route } = useLocation()
  const [open, setOpen] = useState<OpenPanel>(null)
  const asking = useAsking()
  const base = view ? questionOf(view) : usual
  const question = readQuestion(query, base)
  const today = dayOf(new Date())
  const shown = shownOf(metrics, view, question)
  const change = (change: Partial<Question>, isQuiet = false) =>
    route(`${addressOfReports(view?.id ?? null)}${writeQuestion({ ...question, ...change }, base)}`, isQuiet)
  const acts = useViewActs({ calls, question, view, onViews })

  return (
    <div class="reports">
      <ReportNavigation {...{ me, views, question }} open={view} />
      <div class="report">
        <Head
          {...{ calls, view, question, base, today, shown, acts }}
          title={titleOf(view, question)}
          onOpen={setOpen}
        />
        <Filters {...{ calls, question, today }} onChange={change} />
        <Report
          {...{ calls, asking, question, today }}
          metrics={shown}
          known={metrics}
          onChange={change}
          onDefinitions={() => setOpen('definitions')}
        />
      </div>
      <Panels {...{ open, calls, question, metrics, shown, view, acts }} onClose={() => setOpen(null)} />
    </div>
  )
}

function titleOf(view: SavedView | null, { section }: Question): string {
  if (view) return view.name
  return section === 'summary' ? 'Reports' : (sectionNames.find(([one]) => one === section)?.[1] ?? '')
}

/** Those of the section, or of the view. */
function shownOf(metrics: readonly ShownMetric[], view: SavedView | null, { section }: Question): ShownMetric[] {
  if (view) return metrics.filter(({ id }) => view.metrics.includes(id))
  return section === 'summary' ? summaryOf(metrics) : metrics.filter(({ group }) => group === section)
}
