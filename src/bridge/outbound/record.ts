import { placeOf } from '../destinations.ts'
import { nextLook } from '../inbound/next-look.ts'
import type { LinkChange } from '../links/lease.ts'
import { type Link, lookingFrom } from '../links/link.ts'
import type { FrozenCall, Receipt, Remote } from '../port/call.ts'
import { movedByResend } from '../resend/bring-again.ts'
import type { DeliverDeps, Step } from './step.ts'
import { tellWhere } from './tell-where.ts'
import { mended } from './trouble.ts'

/**
 * Writes down what a call left. The remote ids go first and for themselves: they are true whoever holds the link.
 * The cursor moves only for the holder; one who lost the lease has told its successor enough.
 */
export async function record(deps: DeliverDeps, link: Link, call: FrozenCall, receipt: Receipt): Promise<Step> {
  const { twins, thread } = await deps.bindings.bind(link, call, receipt)
  await removeTwins(deps, link, receipt, twins)
  const remote = remoteWith(deps, link, receipt, thread)
  const opens = remote.thread !== undefined && remote.thread !== link.remote.thread
  const moved = movedBy(call)
  const now = deps.now()
  const nextLookAt = nextLook(deps.times.lookAgain, now, now)
  const recorded = await deps.leases.update(link, 'outbound', {
    $set: {
      remote,
      activeAt: new Date(now),
      'outbound.inflight': null,
      'outbound.nextAt': 0,
      'outbound.failures': 0,
      'outbound.behindSince': now,
      ...mended(link),
      'outbound.atMost': null,
      'outbound.placeholder': null,
      ...moved.$set,
      // Answers may have come before we knew which thread is this session's.
      ...(opens && lookingFrom(firstLook(deps, link, nextLookAt))),
    },
    // However long the thread was quiet, what we have brought may be answered; a look under way counts from here again.
    ...(!opens && { $min: { 'inbound.lookAt': nextLookAt } }),
    $inc: { ...moved.$inc, 'inbound.wanted': 1 },
  })
  for (const destination of new Set([link.destination, placeOf(link.destination, call)]))
    if (await deps.destinations.works(destination)) deps.logger.info({ destination }, 'destination works again')
  await deps.destinations.succeeded(link.destination)
  if (!recorded) return { kind: 'lost' }
  if (opens) await deps.doorbell.ring([{ kind: 'receive', link: link._id }])
  return { kind: 'more', link: await tellWhere(deps, recorded) }
}

/** Another worker's thread may have been the first, opened by this very call. */
function remoteWith(deps: DeliverDeps, { destination }: Link, { remote }: Receipt, thread: string | undefined): Remote {
  const connector = deps.connectors.get(destination)
  if (thread === undefined || thread === remote.thread || !connector) return remote
  return { ...remote, ...connector.remoteIn(thread) }
}

const firstLook = (deps: DeliverDeps, { destination }: Link, nextLookAt: number): number =>
  deps.connectors.get(destination)?.pushesContent ? nextLookAt : deps.now()

/** The cursor moves with the last part; a call that only opens the thread leaves it. */
function movedBy(call: FrozenCall): LinkChange {
  if (call.to < call.from) return {}
  if (call.again) return movedByResend(call)
  if (call.part < call.parts) return { $set: { 'outbound.partsDone': call.part } }
  return { $set: { 'outbound.cursor': call.to, 'outbound.partsDone': 0 } }
}

async function removeTwins(deps: DeliverDeps, link: Link, receipt: Receipt, twins: readonly string[]): Promise<void> {
  const connector = deps.connectors.get(link.destination)
  const thread = receipt.remote.thread
  if (!connector || thread === undefined) return
  for (const twin of twins) {
    deps.logger.warn({ link: link._id, twin }, 'removing a second copy of one call')
    await connector.removeTwin(thread, twin)
  }
}
