import { DeskbridgeError } from '../../contract/errors.ts'
import { EventKey, type Seq, type SessionId } from '../../contract/ids.ts'
import type { ChatDeps } from '../chat.ts'
import { openSession } from '../sessions/open-session.ts'
import type { Hand } from './take-chat.ts'

/** Puts a closed chat back into the queue; one that is open answers with where it came there. Throws `not_found`. */
export async function reopenChat(
  deps: Pick<ChatDeps, 'log'>,
  session: SessionId,
  { kind, id, name }: Hand,
): Promise<{ seq: Seq }> {
  const { status, closedSeq, hands } = await openSession(deps, session)
  if (status !== 'closed') return { seq: hands }
  const actor = { kind, id, name }
  const reopened = await deps.log
    .append({
      session,
      key: EventKey.parse(`auto:reopened:${closedSeq}`),
      decide: (state) =>
        state?.status === 'closed' && state.closedSeq === closedSeq
          ? { append: { type: 'session_reopened', actor, origin: 'deskbridge', body: {} } }
          : { refuse: new DeskbridgeError('already_exists') },
    })
    .catch((error: unknown) => {
      const wasFaster =
        error instanceof DeskbridgeError && (error.code === 'already_exists' || error.code === 'key_conflict')
      if (!wasFaster) throw error
      return null
    })
  return { seq: reopened?.event.seq ?? (await openSession(deps, session)).hands }
}
