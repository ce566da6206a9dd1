import type { Seq } from '../../contract/ids.ts'
import { isDuplicateKey } from '../../platform/duplicate-key.ts'
import type { LinkChange } from '../links/lease.ts'
import { type Link, lookingFrom, toldToLook } from '../links/link.ts'
import type { Move } from '../port/failure.ts'
import type { DeliverDeps, Step } from './step.ts'
import { forgetCall, waitAfter } from './wait-after.ts'

/** Forgets a call whose chat has to go on elsewhere, or otherwise than its link remembers. */
export async function moveOn(deps: DeliverDeps, link: Link, move: Move, inMs: number): Promise<Step> {
  if (move.readFirst && !isReadToItsEnd(link)) return readToItsEnd(deps, link)
  const { remote, otherwise, unseen } = move
  // What was begun there is begun again, or its reader would have the end of it alone.
  const anew = remote.thread === undefined && { 'outbound.partsDone': 0 }
  const retell = unseen && { 'outbound.retell': await lastOf(deps, link) }
  const moved = { ...forgetCall.$set, remote, 'outbound.leaving': false, ...anew, ...retell }
  const isNew = remote.thread !== undefined && remote.thread !== link.remote.thread
  try {
    if (!isNew) return await waitAfter(deps, link, inMs, { ...forgetCall, $set: moved })
    return await lookAfter(deps, link, inMs, moved)
  } catch (error) {
    if (!otherwise || !isDuplicateKey(error)) throw error
    deps.logger.warn({ link: link._id, thread: remote.thread }, 'another chat has that thread: this one goes elsewhere')
    return moveOn(deps, link, { remote: otherwise }, inMs)
  }
}

async function lastOf(deps: DeliverDeps, { session, outbound: { cursor } }: Link): Promise<Seq> {
  let last = cursor
  for (let page = await deps.read(session, last); page.length > 0; page = await deps.read(session, last))
    last = page.at(-1)?.seq ?? last
  return last
}

/** Since it was found that the thread has to be left. */
const isReadToItsEnd = ({ outbound, inbound }: Link): boolean => outbound.leaving === true && !inbound.behind

function readToItsEnd(deps: DeliverDeps, link: Link): Promise<Step> {
  const forgotten = { 'outbound.inflight': null, 'outbound.leaving': true }
  const inMs = Math.max(deps.times.settleCheck, link.inbound.nextAt - deps.now())
  // It is being read already.
  return link.outbound.leaving
    ? waitAfter(deps, link, inMs, { $set: forgotten })
    : lookAfter(deps, link, deps.times.settleCheck, forgotten)
}

/** Somebody may have written in the thread that the link has from now on. */
async function lookAfter(deps: DeliverDeps, link: Link, inMs: number, set: Record<string, unknown>): Promise<Step> {
  const change: LinkChange = {
    $inc: { 'outbound.failures': 1, 'inbound.wanted': 1 },
    $set: { ...set, ...lookingFrom(toldToLook) },
  }
  const step = await waitAfter(deps, link, inMs, change)
  await deps.doorbell.ring([{ kind: 'receive', link: link._id }])
  return step
}
