import type { LogEvent } from '../../contract/event.ts'
import type { SessionId } from '../../contract/ids.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import type { ChatPart } from '../part.ts'
import { say } from './say.ts'
import { type SweepDeps, sayWhatIsDue } from './sweep.ts'

/** What the service says by itself. None of it is anybody's answer, or keeps a chat from timing out. */
export function createAutomation(
  deps: SweepDeps & { inboxes: Pick<Inboxes, 'list' | 'find'>; sweepMs: number; onError(error: unknown): void },
): ChatPart {
  const speaking = new Set<Promise<void>>()

  const inboxOf = async (session: SessionId) => {
    const state = await deps.log.state(session)
    return { state, inbox: state ? await deps.inboxes.find(state.inbox) : null }
  }

  const greet = async (session: SessionId, key: string) => {
    const inbox = await deps.inboxes.find(key)
    if (inbox?.greeting) await say(deps, session, 'greeting', inbox, { nobodyThere: null })
  }

  const tellNobodyIsThere = async (session: SessionId) => {
    const { state, inbox } = await inboxOf(session)
    if (!state || !inbox?.automation.nobodyThere || state.status !== 'queued') return
    if (state.said.includes('nobody-there')) return
    const nobodyThere = await deps.whoIsThere.nobody(inbox, state.team)
    await say(deps, session, 'nobody-there', inbox, { nobodyThere })
  }

  const answerTo = (event: LogEvent): Promise<void> | null => {
    if (event.type === 'session_started') return greet(event.session, event.body.inbox)
    return event.type === 'message' && event.actor.kind === 'visitor' ? tellNobodyIsThere(event.session) : null
  }

  return {
    heard(event) {
      const answer = answerTo(event)
        ?.catch(deps.onError)
        .finally(() => speaking.delete(answering))
      if (!answer) return
      const answering = answer
      speaking.add(answering)
    },
    async stop() {
      await Promise.all(speaking)
    },
    sweeps: [{ name: 'automation', everyMs: deps.sweepMs, run: () => sayWhatIsDue(deps) }],
  }
}
