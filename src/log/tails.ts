import type { Connection } from 'mongoose'
import type { LogEvent } from '../contract/event.ts'
import type { Seq, SessionId } from '../contract/ids.ts'
import { eventsOf } from './events.ts'
import type { Fold } from './log.ts'
import { readAll } from './read.ts'
import { summariesOf } from './summaries.ts'

/** A session's state at a position of its log. */
export interface Tail<State> {
  seq: Seq
  state: State | undefined
}

/** Sessions whose tail is kept in memory; the others cost a read. */
const mostKept = 10_000

export interface Tails<State> {
  /** From memory: it may be behind what other processes appended, which the next insert finds out. */
  known(session: SessionId): Promise<Tail<State>>
  /** The committed tail as the store has it now, with the events that were news here. */
  reload(session: SessionId): Promise<{ tail: Tail<State>; news: LogEvent[] }>
  /** To a tail that was made of `before`; not if that is forgotten by now. */
  advance(session: SessionId, before: Tail<State>, tail: Tail<State>): void
  forget(session: SessionId): void
  forgetAll(): void
}

/** The stored summary plus the events after it: never a fold of the whole log. */
export function createTails<State>(connection: Connection, fold: Fold<State>): Tails<State> {
  const events = eventsOf(connection)
  const summaries = summariesOf<State>(connection)
  const kept = new Map<SessionId, Tail<State>>()

  const keep = (session: SessionId, tail: Tail<State>) => {
    kept.delete(session)
    kept.set(session, tail)
    const oldest = kept.keys().next().value
    if (kept.size > mostKept && oldest) kept.delete(oldest)
  }

  const stored = async (session: SessionId): Promise<Tail<State>> => {
    const summary = await summaries.findOne({ _id: session })
    return summary?.version === fold.version
      ? { seq: summary.projectedSeq, state: summary.state }
      : { seq: 0, state: undefined }
  }

  const reload = async (session: SessionId) => {
    let tail = kept.get(session) ?? (await stored(session))
    const news: LogEvent[] = []
    for await (const page of readAll(events, session, tail.seq)) {
      news.push(...page)
      tail = page.reduce<Tail<State>>(
        (before, event) => ({ seq: event.seq, state: fold.apply(before.state, event) }),
        tail,
      )
    }
    if (tail.seq > 0) keep(session, tail)
    return { tail, news }
  }

  return {
    async known(session) {
      const tail = kept.get(session)
      if (!tail) return (await reload(session)).tail
      keep(session, tail)
      return tail
    },
    reload,
    advance(session, before, tail) {
      if (before.seq === 0 || kept.get(session) === before) keep(session, tail)
    },
    forget(session) {
      kept.delete(session)
    },
    forgetAll() {
      kept.clear()
    },
  }
}
