import { isDeepStrictEqual } from 'node:util'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { Visitor } from '../../contract/event.ts'
import { EventKey, type Seq, type SessionId } from '../../contract/ids.ts'
import type { Decision } from '../../log/log.ts'
import type { Caller, ChatDeps } from '../chat.ts'
import { openSession } from '../sessions/open-session.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { type Facts, mostAttributes, withFacts } from './visitor-facts.ts'

type Deps = Pick<ChatDeps, 'log' | 'ids'>
interface Updated {
  seq: Seq
  visitor: Visitor
}
/** Pure; asked again whenever the chat went on meanwhile. */
type Next = (visitor: Visitor) => { by: Caller; visitor: Visitor } | DeskbridgeError

/** What a visitor, an agent or another system of theirs says of the visitor of a chat. Nothing is written when nothing changes. Throws `invalid_input`. */
export const updateVisitor = (deps: Deps, session: SessionId, facts: Facts, by: Caller): Promise<Updated> =>
  changeVisitor(deps, session, (visitor) =>
    by.kind === 'visitor' && by.id !== visitor.id
      ? new DeskbridgeError('not_found')
      : { by, visitor: withFacts(visitor, facts, by.kind === 'visitor' ? 'visitor' : 'agent') },
  )

/** Puts `next` in the place of what is known. Repeating it changes nothing. */
export async function changeVisitor(deps: Deps, session: SessionId, next: Next): Promise<Updated> {
  const seq = await deps.log
    .append({
      session,
      key: EventKey.parse(`auto:visitor:${deps.ids.token()}`),
      decide: (state) => decideChange(state, next),
    })
    .then(
      ({ event }) => event.seq,
      (error: unknown) => {
        if (error instanceof DeskbridgeError && error.code === 'already_exists') return null
        throw error
      },
    )
  const now = await openSession(deps, session)
  return { seq: seq ?? now.seq, visitor: now.visitor }
}

function decideChange(state: SessionSummary | undefined, next: Next): Decision {
  if (!state) return { refuse: new DeskbridgeError('not_found') }
  const change = next(state.visitor)
  if (change instanceof DeskbridgeError) return { refuse: change }
  const { by, visitor } = change
  if (isDeepStrictEqual(visitor, state.visitor)) return { refuse: new DeskbridgeError('already_exists') }
  if (Object.keys(visitor.attributes ?? {}).length > mostAttributes)
    return {
      refuse: new DeskbridgeError('invalid_input', { details: [{ path: 'attributes', problem: 'more than 50' }] }),
    }
  return { append: { type: 'visitor_updated', actor: by, origin: 'deskbridge', body: { visitor } } }
}
