import type { Log } from '../../log/log.ts'
import type { TeamNewsTeller } from '../agents/team-news.ts'
import type { ChatPart } from '../part.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { type ListDeps, listRoutes } from './routes.ts'
import { createChangeTeller } from './tell-changed.ts'

interface ListsPartDeps extends ListDeps {
  log: Log<SessionSummary>
  teamNews: TeamNewsTeller
  onError(error: unknown): void
}

/** The lists that agents work from, and a ring when a line of theirs has changed. */
export function listsPart(deps: ListsPartDeps): ChatPart {
  const teller = createChangeTeller(deps)
  deps.log.onCommitted(teller.heard)
  return {
    mount: (app) => app.route('/api/chat/lists', listRoutes(deps)),
    async stop() {
      teller.stop()
    },
  }
}
