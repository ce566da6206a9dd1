import { isDeepStrictEqual } from 'node:util'
import { DeskbridgeError } from '../contract/errors.ts'
import type { EventDraft, LogEvent } from '../contract/event.ts'
import type { EventId, EventKey, SessionId } from '../contract/ids.ts'
import type { GroupCommit } from './group-commit.ts'
import type { Appended, AppendRequest, Fold } from './log.ts'
import type { Tail, Tails } from './tails.ts'

export interface AppendDeps<State> {
  tails: Tails<State>
  commits: GroupCommit
  fold: Fold<State>
  readKey(session: SessionId, key: EventKey): Promise<LogEvent | null>
  eventId(): EventId
  now(): number
  /** Waits for a majority to catch up. */
  pause(): Promise<void>
  deadlineMs: number
  /** With the state after it, where that is at hand. */
  committed(event: LogEvent, state?: State): void
}

/** One append after the other: the caller keeps a line for each session. */
export async function append<State>(deps: AppendDeps<State>, request: AppendRequest<State>): Promise<Appended> {
  const { session, key } = request
  const deadline = deps.now() + deps.deadlineMs
  const id = deps.eventId()
  let tail = await deps.tails.known(session)
  let isRead = false
  while (deps.now() < deadline) {
    const decision = request.decide(tail.state)
    if ('refuse' in decision) {
      if (isRead) return await repeatedOr(deps, request, decision.refuse)
      // An insert finds out that a tail is behind; a refusal has to look.
      tail = (await deps.tails.reload(session)).tail
      isRead = true
      continue
    }
    const event = complete(decision.append, { _id: id, session, seq: tail.seq + 1, key, at: new Date(deps.now()) })
    const outcome = await deps.commits.commit(event)
    if (outcome.kind === 'refused') throw new DeskbridgeError('internal', { cause: outcome.cause })
    if (outcome.kind === 'committed') return take(deps, tail, event)
    const found = await resolveDuplicate(deps, event)
    if (found) return found
    tail = await newTail(deps, event, outcome.of)
    isRead = true
  }
  throw new DeskbridgeError('unavailable')
}

const complete = (draft: EventDraft, envelope: Pick<LogEvent, '_id' | 'session' | 'seq' | 'key' | 'at'>): LogEvent => ({
  ...envelope,
  version: 1,
  ...draft,
})

function take<State>(deps: AppendDeps<State>, tail: Tail<State>, event: LogEvent): Appended {
  const state = deps.fold.apply(tail.state, event)
  deps.tails.advance(event.session, tail, { seq: event.seq, state })
  deps.committed(event, state)
  return { event, repeated: false }
}

/**
 * Whatever index refused it, the event may be there: from an earlier try of ours whose reply was lost, or under the same
 * key from before. It counts only once a majority has it.
 */
async function resolveDuplicate<State>(deps: AppendDeps<State>, event: LogEvent): Promise<Appended | null> {
  const there = await deps.readKey(event.session, event.key)
  if (!there) return null
  if (there._id !== event._id) return repeated(there, event)
  deps.tails.forget(event.session)
  deps.committed(there)
  return { event: there, repeated: false }
}

/** The tail that made ours obsolete; until a majority has it there is nothing to decide on. */
async function newTail<State>(
  deps: AppendDeps<State>,
  event: LogEvent,
  taken: 'event' | 'position',
): Promise<Tail<State>> {
  const { tail } = await deps.tails.reload(event.session)
  if (taken === 'event' || tail.seq < event.seq) await deps.pause()
  return tail
}

/** A message that was stored stays acknowledged, even if the chat has since changed so that a new one would be refused. */
async function repeatedOr<State>(
  deps: AppendDeps<State>,
  request: AppendRequest<State>,
  refusal: DeskbridgeError,
): Promise<Appended> {
  const there = await deps.readKey(request.session, request.key)
  if (!there) throw refusal
  return { event: there, repeated: true }
}

/** An erased event no longer says what it said: whoever has its key and is its actor gets it back. */
function repeated(there: LogEvent, asked: LogEvent): Appended {
  const sameBody = there.erased || isDeepStrictEqual(there.body, asked.body)
  const same = there.type === asked.type && sameBody && sameActor(there, asked)
  if (!same) throw new DeskbridgeError('key_conflict')
  return { event: there, repeated: true }
}

/** The person, whatever name they go by now; a session's visitor is one person, whatever id. */
const sameActor = ({ actor: a }: LogEvent, { actor: b }: LogEvent): boolean =>
  a.kind === b.kind && (a.kind === 'visitor' || ('id' in a ? a.id : '') === ('id' in b ? b.id : ''))
