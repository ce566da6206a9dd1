import type { SessionId } from '../../contract/ids.ts'
import { asRead, summariesOf } from '../summaries.ts'
import { type Change, type Difference, isSame, underWay } from './difference.ts'
import { type Known, readSession } from './known.ts'
import type { Repairing } from './repairing.ts'

/** A process that had read the wrong state may move on with it before it is made again: then it is tried once more. */
const mostRounds = 4

export async function* repairSummary<State>(deps: Repairing<State>, session: SessionId): AsyncGenerator<Difference> {
  if (!differenceIn(deps, await readSession(deps, session))) return
  for (let round = 0; round < mostRounds; round += 1) {
    // Read again: what was under way at the first look is done by now.
    const known = await readSession(deps, session)
    const change = differenceIn(deps, known)
    if (!change) return
    if (round === 0) yield { what: 'summaries', change, where: session }
    if (!deps.options.write) return
    await mend(deps, known, change)
  }
}

function differenceIn<State>({ fold, options }: Repairing<State>, known: Known<State>): Change | null {
  const { stored, state, head, projected, lateSince } = known
  const isLate = lateSince !== null && lateSince.getTime() < options.now() - underWay
  if (head === 0) return null
  if (!stored) return isLate ? 'made' : null
  const right = { ...stored, version: fold.version, projectedSeq: projected, state }
  if (!isSame(stored, right)) return 'made again'
  return isLate ? 'brought up to date' : null
}

async function mend<State>(deps: Repairing<State>, known: Known<State>, change: Change): Promise<void> {
  const { session, stored, state, projected } = known
  if (change !== 'made again' || !stored || state === undefined) {
    await deps.projector.project(new Map([[session, []]]))
    return
  }
  // Not if it has moved on since it was read.
  const unchanged = { _id: session, version: stored.version, ...asRead(stored) }
  const right = { version: deps.fold.version, projectedSeq: projected, state }
  await summariesOf<State>(deps.connection).updateOne(unchanged, { $set: right, $inc: { mended: 1 } })
}
