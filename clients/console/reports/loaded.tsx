import { useLoad } from '../frame/load.ts'
import { List } from '../parts/list.tsx'

/** The page, once somebody opens it: most never do, and it is as heavy as a third of the rest. */
export function LoadedReports() {
  const loaded = useLoad(() => import('./page.tsx'), [])
  return (
    <List loaded={loaded} isEmpty={() => false} empty={null}>
      {({ ReportsPage }) => <ReportsPage />}
    </List>
  )
}
