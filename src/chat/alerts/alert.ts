import { DeskbridgeError } from '../../contract/errors.ts'
import { EventKey, type SessionId } from '../../contract/ids.ts'
import type { Alert } from '../../contract/slack-settings.ts'
import type { Decision } from '../../log/log.ts'
import type { ChatDeps } from '../chat.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { type Due, dueOf } from './due.ts'

const keyOf = (rule: Alert, { waitingSince, nth }: Due): EventKey =>
  EventKey.parse(`auto:alert:${waitingSince.getTime()}:${rule.after}:${nth}`)

/** Tells the team that a visitor waits, if that is due: each telling once, and none when somebody has answered meanwhile. */
export async function alert(deps: Pick<ChatDeps, 'log' | 'now'>, session: SessionId, rule: Alert): Promise<void> {
  const ask = (state: SessionSummary | undefined) => (state ? dueOf(state, rule, deps.now()) : null)
  const due = ask(await deps.log.state(session))
  if (!due) return
  const key = keyOf(rule, due)
  await deps.log.append({ session, key, decide: (state) => decide(rule, key, ask(state)) }).catch((error: unknown) => {
    // Somebody answered, or another process was faster, perhaps with a mention that was changed since.
    if (!(error instanceof DeskbridgeError && ['already_exists', 'key_conflict'].includes(error.code))) throw error
  })
}

function decide(rule: Alert, key: EventKey, due: Due | null): Decision {
  if (!due || keyOf(rule, due) !== key) return { refuse: new DeskbridgeError('already_exists') }
  const { after, mention } = rule
  return {
    append: {
      type: 'alerted',
      actor: { kind: 'system', rule: 'alert' },
      origin: 'deskbridge',
      body: { ...due, rule: after, ...(mention !== undefined && { mention }) },
    },
  }
}
