import type { LogEvent } from '../../contract/event.ts'
import type { Seq, SessionId } from '../../contract/ids.ts'
import { eventsOf } from '../events.ts'
import type { Projection } from '../project.ts'
import { readAll } from '../read.ts'
import { type Summary, summariesOf } from '../summaries.ts'
import type { RepairDeps } from './repairing.ts'

/** A session's log beside what is stored of it, which was read first: the log is at least as new. */
export interface Known<State> {
  session: SessionId
  stored: Summary<State> | null
  head: Seq
  /** Up to here what is stored has to be right; 0 where nothing is stored. */
  projected: Seq
  /** What the log comes to there. */
  state: State | undefined
  /** Events that change documents of earlier ones. */
  changes: readonly LogEvent[]
  /** When the first event that is not projected was committed. */
  lateSince: Date | null
}

export async function readSession<State>(deps: RepairDeps<State>, session: SessionId): Promise<Known<State>> {
  const stored = await summariesOf<State>(deps.connection).findOne({ _id: session })
  const position = stored ? positionOf(stored) : 0
  const changes: LogEvent[] = []
  let [head, projected, lateSince, state]: [Seq, Seq, Date | null, State | undefined] = [0, 0, null, undefined]
  for await (const page of readAll(eventsOf(deps.connection), session, 0)) {
    const before = page.filter(({ seq }) => seq <= position)
    state = before.reduce<State | undefined>(deps.fold.apply, state)
    projected = before.at(-1)?.seq ?? projected
    lateSince ??= page.find(({ seq }) => seq > position)?.at ?? null
    changes.push(...page.filter((event) => isChange(deps, event)))
    head = page.at(-1)?.seq ?? head
  }
  return { session, stored, head, projected, state, changes, lateSince }
}

/** A position that is none may have been anywhere. */
const positionOf = ({ projectedSeq }: Summary<unknown>): Seq =>
  Number.isSafeInteger(projectedSeq) && projectedSeq > 0 ? projectedSeq : Number.MAX_SAFE_INTEGER

const isChange = ({ projections }: Pick<RepairDeps<never>, 'projections'>, event: LogEvent): boolean =>
  projections.some((projection) => projection.updatesFor(event).length > 0)

/** An erasure that is not projected yet: the log may be ahead of the documents. */
export const isErasing = ({ changes, projected }: Pick<Known<unknown>, 'changes' | 'projected'>): boolean =>
  changes.some(({ type, seq }) => type === 'erased' && seq > projected)

/** What the projection makes of a page of events: by now, and once all is projected. */
export function madeOf<State>(
  projection: Projection<State>,
  { changes, projected, state }: Known<State>,
  page: readonly LogEvent[],
) {
  if (state === undefined) return []
  const past = changes.filter(({ seq }) => seq <= projected)
  const soon = new Map(projection.made(page, changes, state).map((document) => [document._id, document]))
  return projection.made(page, past, state).map((now) => ({ now, soon: soon.get(now._id) ?? now }))
}
