import { foldSummary } from '../../src/chat/sessions/fold-summary.ts'
import type { SessionSummary } from '../../src/chat/sessions/summary.ts'
import type { Actor, EventDraft, EventOf, LogEvent } from '../../src/contract/event.ts'
import { EventKey, type Seq } from '../../src/contract/ids.ts'
import type { Ids } from '../../src/platform/ids.ts'

/** A chat while it happens. */
export interface Chat {
  readonly ids: Ids
  /** Epoch ms: what would happen from then on has not happened yet. */
  readonly until: number
  /** Epoch ms. */
  now: number
  /** As whoever acts in it finds it. */
  state: SessionSummary
  /** What has happened, and what that comes to. */
  events: LogEvent[]
  summary: SessionSummary
}

/** `by`: who starts it. */
export function beginChat(
  { ids, until, at }: Pick<Chat, 'ids' | 'until'> & { at: number },
  by: Actor,
  body: Omit<EventOf<'session_started'>['body'], 'epoch'>,
): Chat {
  const envelope = { _id: ids.event(), session: ids.session(), seq: 1, key: EventKey.parse('auto:start:0') }
  const started = { ...envelope, version: 1, at: new Date(at), actor: by, origin: 'deskbridge' } as const
  const event: LogEvent = { ...started, type: 'session_started', body: { epoch: ids.epoch(), ...body } }
  const state = foldSummary(undefined, event)
  return { ids, until, now: at, state, events: [event], summary: state }
}

/** Writes down what happens now. Answers where it stands. */
export function append(chat: Chat, key: string, draft: EventDraft): Seq {
  const { ids, state, now } = chat
  const seq = state.seq + 1
  const envelope = { _id: ids.event(), session: state.id, seq, key: EventKey.parse(key), at: new Date(now) }
  const event: LogEvent = { ...envelope, version: 1, ...draft }
  chat.state = foldSummary(state, event)
  if (now < chat.until) {
    chat.events.push(event)
    chat.summary = chat.state
  }
  return seq
}
