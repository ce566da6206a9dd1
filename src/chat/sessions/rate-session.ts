import { DeskbridgeError } from '../../contract/errors.ts'
import { EventKey, type Seq, type SessionId } from '../../contract/ids.ts'
import type { Decision } from '../../log/log.ts'
import type { Caller, ChatDeps } from '../chat.ts'
import { openSession } from './open-session.ts'
import type { SessionSummary } from './summary.ts'

type Visitor = Extract<Caller, { kind: 'visitor' }>
interface Rating {
  score: number
  comment?: string | undefined
}

/** The visitor's word on the last closing, once. Throws `not_closed`, `already_rated`. */
export async function rateSession(
  deps: Pick<ChatDeps, 'log'>,
  session: SessionId,
  rating: Rating,
  by: Visitor,
): Promise<{ seq: Seq }> {
  const { resolution, status } = await openSession(deps, session)
  if (resolution === null || status !== 'closed') throw new DeskbridgeError('not_closed')
  const { event } = await deps.log
    .append({
      session,
      key: EventKey.parse(`auto:rated:${resolution}`),
      decide: (state) => decideRating(state, resolution, rating, by),
    })
    .catch((error: unknown) => {
      throw error instanceof DeskbridgeError && error.code === 'key_conflict'
        ? new DeskbridgeError('already_rated')
        : error
    })
  return { seq: event.seq }
}

function decideRating(
  state: SessionSummary | undefined,
  resolution: string,
  { score, comment }: Rating,
  by: Visitor,
): Decision {
  if (!state) return { refuse: new DeskbridgeError('not_found') }
  if (state.status !== 'closed' || state.resolution !== resolution) return { refuse: new DeskbridgeError('not_closed') }
  const body = { resolution, score, ...(comment && { comment }) }
  return { append: { type: 'rated', actor: by, origin: 'deskbridge', body } }
}
