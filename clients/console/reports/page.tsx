import { useMemo } from 'preact/hooks'
import { useRoute } from 'preact-iso/router'
import type { SavedView, ShownMetric } from '../../../src/contract/analytics.ts'
import { useFrame } from '../frame/frame.ts'
import { useLoad } from '../frame/load.ts'
import { Blank, List } from '../parts/list.tsx'
import { reportCalls } from './calls.ts'
import { addressOfReports } from './question/address.ts'
import { ReportPage } from './report-page.tsx'

interface Setup {
  metrics: ShownMetric[]
  views: SavedView[]
}

/** How it went: figures over time, told apart, down to the chats behind them. */
export function ReportsPage() {
  const { api } = useFrame()
  const { params } = useRoute()
  const calls = useMemo(() => reportCalls(api), [api])
  const loaded = useLoad(async (): Promise<Setup> => {
    const [metrics, views] = await Promise.all([calls.metrics(), calls.views()])
    return { metrics, views }
  }, [calls])
  const isGone = ({ views }: Setup) => params.view !== undefined && !views.some(({ id }) => id === params.view)
  return (
    <List
      loaded={{ ...loaded, isLoading: false }}
      isEmpty={isGone}
      empty={
        <Blank title="There is no such view" text="Somebody deleted it, or it is of inboxes that you do not see.">
          <a class="act" href={addressOfReports(null)}>
            To the reports
          </a>
        </Blank>
      }
    >
      {({ metrics, views }) => (
        <ReportPage
          {...{ calls, metrics, views }}
          view={views.find(({ id }) => id === params.view) ?? null}
          onViews={(change) => loaded.set((now) => ({ ...now, views: change(now.views) }))}
        />
      )}
    </List>
  )
}
