import type { Connection } from 'mongoose'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { EventDraft } from '../../contract/event.ts'
import { EventKey, type SessionId } from '../../contract/ids.ts'
import { wordsOf } from '../../contract/words-of.ts'
import type { Summary } from '../../log/summaries.ts'
import type { ChatDeps } from '../chat.ts'
import type { Inboxes } from '../inboxes/inboxes.ts'
import { closing, closingKey } from './close-session.ts'
import { type SessionSummary, timeoutRule } from './summary.ts'

type Deps = Pick<ChatDeps, 'log' | 'limits' | 'now'> & {
  connection: Connection
  inboxes: Pick<Inboxes, 'find' | 'get'>
}

/** Chats looked at in one sweep; the next takes the next ones. */
const most = 500

/** Warns the visitors of chats in which nobody has stirred for long, and closes those in which nobody stirred after that. */
export async function timeOutSessions(deps: Deps): Promise<void> {
  const { sessionTimeout, sessionTimeoutWarning } = deps.limits
  const quietSince = new Date(deps.now() - (sessionTimeout - sessionTimeoutWarning))
  const quiet = await deps.connection
    .collection<Summary<SessionSummary>>('sessions')
    .find({
      'state.status': { $in: ['queued', 'active'] },
      'state.activity.at': { $lte: quietSince },
      'state.offline': { $ne: true },
    })
    .limit(most)
    .toArray()
  for (const { _id } of quiet) await timeOut(deps, _id)
}

async function timeOut(deps: Deps, session: SessionId): Promise<void> {
  const state = await deps.log.state(session)
  // What was left outside the hours waits for its answer however long that takes.
  if (!state || state.status === 'closed' || state.offline) return
  const { sessionTimeout, sessionTimeoutWarning } = deps.limits
  const quietFor = deps.now() - state.activity.at.getTime()
  if (quietFor < sessionTimeout - sessionTimeoutWarning) return
  if (!state.warned) return warn(deps, state)
  // Counted from the warning as well: a service that was away must not close a chat unwarned.
  const warnedFor = deps.now() - (state.lastMessageAt?.getTime() ?? 0)
  if (quietFor >= sessionTimeout && warnedFor >= sessionTimeoutWarning) await close(deps, state)
}

/** In the words of its inbox. */
async function warn(deps: Deps, state: SessionSummary): Promise<void> {
  const { id, activity } = state
  const minutes = Math.max(1, Math.round(deps.limits.sessionTimeoutWarning / 60_000))
  const inbox = (await deps.inboxes.find(state.inbox)) ?? (await deps.inboxes.get(undefined))
  const content = wordsOf(inbox.automation.timeoutWarning.replaceAll('{{minutes}}', String(minutes)), state, inbox)
  const body = { messageType: 'system', content, internal: false } as const
  await unlessStirred(deps, id, EventKey.parse(`auto:${timeoutRule}:${activity.seq}`), activity.seq, {
    type: 'message',
    actor: { kind: 'system', rule: timeoutRule },
    origin: 'deskbridge',
    body,
  })
}

const close = (deps: Deps, state: SessionSummary): Promise<void> =>
  unlessStirred(
    deps,
    state.id,
    closingKey(state.closedSeq),
    state.activity.seq,
    closing(state, { kind: 'system', rule: 'timeout' }, 'timeout'),
  )

/** Somebody who writes at the last moment keeps the chat open. */
async function unlessStirred(
  deps: Deps,
  session: SessionId,
  key: EventKey,
  activitySeq: number,
  draft: EventDraft,
): Promise<void> {
  await deps.log
    .append({
      session,
      key,
      decide: (now) =>
        now && now.status !== 'closed' && now.activity.seq === activitySeq
          ? { append: draft }
          : { refuse: new DeskbridgeError('already_exists') },
    })
    .catch((error: unknown) => {
      if (!(error instanceof DeskbridgeError && ['already_exists', 'key_conflict'].includes(error.code))) throw error
    })
}
