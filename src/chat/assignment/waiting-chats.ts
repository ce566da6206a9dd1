import type { Connection } from 'mongoose'
import type { SessionId } from '../../contract/ids.ts'
import { type Summary, summariesOf } from '../../log/summaries.ts'
import type { SessionSummary } from '../sessions/summary.ts'

/** A place in the queue. `hint`: what is stored of the chat, which may be a moment old; none of a chat that came just now. */
export interface Waiting {
  session: SessionId
  since: Date
  hint: Hint | null
}
type Hint = Pick<SessionSummary, 'id' | 'inbox' | 'team' | 'tags' | 'passedBy'>

export interface WaitingChats {
  /** What is stored lags a little: chats that have just come are remembered until they are there. */
  came(session: SessionId, since: Date): void
  /** The one who has waited longest first. */
  oldestFirst(): AsyncGenerator<Waiting>
}

/** By then what is stored has caught up. ms */
const rememberedMs = 5_000

type Stored = { _id: SessionId; state: Hint & { waitingSince: Date } }
const fields = { 'state.id': 1, 'state.inbox': 1, 'state.team': 1, 'state.tags': 1, 'state.passedBy': 1 } as const

/** Of all inboxes, through one index. */
export const inQueue = { 'state.status': 'queued', 'state.offline': false, 'state.waitingSince': { $gt: new Date(0) } }
export const inOrder = { 'state.waitingSince': 1, _id: 1 } as const

export function createWaitingChats(deps: { connection: Connection; now(): number }): WaitingChats {
  const summaries = summariesOf<SessionSummary>(deps.connection)
  const came = new Map<SessionId, { since: Date; at: number }>()

  const justCome = (): Waiting[] => {
    for (const [session, { at }] of came) if (at < deps.now() - rememberedMs) came.delete(session)
    return [...came].map(([session, { since }]) => ({ session, since, hint: null })).sort(bySince)
  }

  return {
    came(session, since) {
      came.set(session, { since, at: deps.now() })
    },
    async *oldestFirst() {
      const stored = summaries
        .find<Stored & Summary<SessionSummary>>(inQueue, { projection: { ...fields, 'state.waitingSince': 1 } })
        .sort(inOrder)
      yield* merged(justCome(), stored)
    },
  }
}

const bySince = (a: Waiting, b: Waiting): number =>
  a.since.getTime() - b.since.getTime() || (a.session < b.session ? -1 : 1)

/** Each chat once, from where it stands first. */
async function* merged(justCome: Waiting[], stored: AsyncIterable<Stored>): AsyncGenerator<Waiting> {
  const seen = new Set<SessionId>()
  const isNew = ({ session }: Waiting) => !seen.has(session) && seen.add(session)
  let next = justCome.shift()
  for await (const { _id, state } of stored) {
    const there = { session: _id, since: state.waitingSince, hint: state }
    for (; next && bySince(next, there) < 0; next = justCome.shift()) if (isNew(next)) yield next
    if (isNew(there)) yield there
  }
  for (; next; next = justCome.shift()) if (isNew(next)) yield next
}
