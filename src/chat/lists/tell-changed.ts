import type { LogEvent } from '../../contract/event.ts'
import type { SessionId } from '../../contract/ids.ts'
import type { Log } from '../../log/log.ts'
import { roomsFor } from '../agents/team.ts'
import type { TeamNewsTeller } from '../agents/team-news.ts'
import type { SessionSummary } from '../sessions/summary.ts'

/** Long enough that a burst is told as one, short enough that nobody waits. ms */
const momentMs = 100
/** As many as are asked for at once. */
const most = 50

/** Rings for the agents of an inbox, on every node, when something happens in its chats. A lost ring they make up for themselves. */
export function createChangeTeller(deps: {
  teamNews: Pick<TeamNewsTeller, 'tell'>
  log: Pick<Log<SessionSummary>, 'state'>
  onError(error: unknown): void
}) {
  const changed = new Map<string, Set<SessionId>>()
  let timer: NodeJS.Timeout | undefined

  const tell = () => {
    timer = undefined
    for (const [inbox, sessions] of changed) {
      const all = [...sessions]
      for (let start = 0; start < all.length; start += most)
        deps.teamNews.tell(roomsFor({ inboxes: [inbox] }), {
          event: 'chats_changed',
          data: { sessionIds: all.slice(start, start + most) },
        })
    }
    changed.clear()
  }
  const note = (session: SessionId, inbox: string) => {
    changed.set(inbox, (changed.get(inbox) ?? new Set()).add(session))
    timer ??= setTimeout(tell, momentMs)
  }

  return {
    heard(event: LogEvent, state: SessionSummary | undefined): void {
      // What a browser does by itself changes no line.
      if (event.type === 'message_delivered') return
      if (state) note(event.session, state.inbox)
      else deps.log.state(event.session).then((now) => now && note(event.session, now.inbox), deps.onError)
    },
    stop: () => clearTimeout(timer),
  }
}
