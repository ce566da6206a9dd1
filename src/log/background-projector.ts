import type { LogEvent } from '../contract/event.ts'
import type { SessionId } from '../contract/ids.ts'
import type { Wait } from '../platform/clock.ts'
import type { Projector } from './project.ts'

/** What is stored about a session may lag by so much: nobody waits for it, and a chat's next messages go along. ms */
const lag = 400
const mostAtOnce = 200

/** Projects what was committed here in rounds, one at a time, each session once a round. */
export function createBackgroundProjector(deps: {
  projector: Projector
  wait: Wait
  onError: (error: unknown) => void
}) {
  const { wait } = deps
  const changes = new Map<SessionId, LogEvent[]>()
  let round: Promise<void> | null = null
  let hurry = new AbortController()

  const take = () => {
    const taken = new Map([...changes].slice(0, mostAtOnce))
    for (const session of taken.keys()) changes.delete(session)
    return taken
  }

  /** The events need not be kept: what is not at hand is read. */
  const putBack = (sessions: Iterable<SessionId>) => {
    for (const session of sessions) if (!changes.has(session)) changes.set(session, [])
  }

  const run = async () => {
    while (changes.size > 0) {
      await wait(lag, hurry.signal)
      const taken = take()
      try {
        if (!(await deps.projector.project(taken))) putBack(taken.keys())
      } catch (error) {
        deps.onError(error)
        putBack(taken.keys())
        await wait(lag)
      }
    }
    round = null
  }

  return {
    changed(event: LogEvent) {
      const known = changes.get(event.session)
      if (known) known.push(event)
      else changes.set(event.session, [event])
      round ??= run()
    },
    /** Waits until everything committed so far is projected. */
    async projected() {
      hurry.abort()
      await round
      hurry = new AbortController()
    },
  }
}
