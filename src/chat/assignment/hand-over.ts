import { isDeepStrictEqual } from 'node:util'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { EventDraft } from '../../contract/event.ts'
import { EventKey, type Seq, type SessionId } from '../../contract/ids.ts'
import type { Log } from '../../log/log.ts'
import type { SessionSummary } from '../sessions/summary.ts'

type HandOver = Extract<EventDraft, { type: 'assigned' | 'unassigned' | 'transferred' }>

/**
 * Passes the chat on as the very next change of hands after `after`: of all who want to, one does. Null: somebody was
 * faster, or `only` does not hold.
 */
export async function handOver(
  deps: { log: Pick<Log<SessionSummary>, 'append'> },
  chat: { session: SessionId; after: Seq },
  draft: HandOver,
  only: (state: SessionSummary) => boolean = () => true,
): Promise<{ seq: Seq } | null> {
  try {
    const { event } = await deps.log.append({
      session: chat.session,
      key: EventKey.parse(`auto:handed:${chat.after}`),
      decide: (state) =>
        state?.hands === chat.after && only(state)
          ? { append: draft }
          : { refuse: new DeskbridgeError('key_conflict') },
    })
    return isSame(event, draft) ? { seq: event.seq } : null
  } catch (error) {
    if (error instanceof DeskbridgeError && error.code === 'key_conflict') return null
    throw error
  }
}

/** An event found under the key may be another's that was faster. */
const isSame = (event: { type: string; body: object }, draft: HandOver): boolean =>
  event.type === draft.type && isDeepStrictEqual(handsOf(event.body), handsOf(draft.body))

const handsOf = (body: object) => ('agent' in body ? body.agent : 'to' in body ? body.to : null)
