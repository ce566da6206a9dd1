import type { EventOf } from '../../contract/event.ts'
import type { Erased, Erasing, Link } from '../links/link.ts'
import type { EraseStep, Trace } from '../port/call.ts'
import type { Connector } from '../port/connector.ts'
import { RemoteFailure } from '../port/failure.ts'
import { failLook } from './fail.ts'
import { keepSlots, slotsFor, waitOf, withShare } from './slots.ts'
import type { DeliverDeps, Step } from './step.ts'

type Erasure = EventOf<'erased'>

/** Takes back what was brought before an erasure, one thing at a time; the link passes the erasure when nothing is left. */
export async function eraseThere(deps: DeliverDeps, connector: Connector, link: Link, erasure: Erasure): Promise<Step> {
  // Whoever passes reads the log again, as for a transcript: it has to be redacted by then.
  if (!(await isRedacted(deps, erasure))) return { kind: 'wait', link, until: deps.now() + deps.times.settleCheck }
  const progress = progressOf(link, erasure)
  const traces = await deps.bindings.traces(link, erasure.body.upTo)
  const trace = traces.find(({ thread }) => !progress.done.includes(thread))
  if (!trace) return passErasure(deps, link, progress)
  const shared = await withShare(deps, link)
  const slots = await slotsFor(deps, shared, 'normal', connector.eraseBudgets)
  const until = waitOf(slots, 0, deps.now())
  if (until !== null) return keepSlots(deps, shared, slots, until)
  const held = await deps.leases.update(link, 'outbound', { $set: { 'outbound.slots': [] } })
  return held ? eraseNext(deps, connector, held, { progress, trace }) : { kind: 'lost' }
}

/** Events are redacted in their order, so the last one speaks for all. */
async function isRedacted(deps: DeliverDeps, { session, body: { upTo } }: Erasure): Promise<boolean> {
  const [last] = await deps.read(session, upTo - 1, 1)
  return last?.erased === true
}

const progressOf = ({ outbound }: Link, { seq }: Erasure): Erasing =>
  outbound.erasing?.seq === seq ? outbound.erasing : { seq, wiped: 0, left: {}, done: [], from: null, trouble: null }

async function eraseNext(
  deps: DeliverDeps,
  connector: Connector,
  link: Link,
  { progress, trace }: { progress: Erasing; trace: Trace },
): Promise<Step> {
  const write = (erasing: Erasing, more: Record<string, unknown> = {}) =>
    deps.leases.update(link, 'outbound', { $set: { 'outbound.erasing': erasing, ...more } })
  try {
    const step = await connector.erase(trace, progress.from)
    const moved = await write(progressAfter(progress, trace, step), { 'outbound.failures': 0, 'outbound.nextAt': 0 })
    await deps.destinations.works(link.destination)
    return moved ? { kind: 'more', link: moved } : { kind: 'lost' }
  } catch (error) {
    const trouble = error instanceof RemoteFailure ? error.message : 'an unexpected error; see the log'
    const told = await write({ ...progress, trouble })
    return told ? failLook(deps, told, error) : { kind: 'lost' }
  }
}

export function progressAfter(progress: Erasing, { thread }: Pick<Trace, 'thread'>, step: EraseStep): Erasing {
  const left = { ...progress.left }
  for (const [reason, count] of Object.entries(step.left ?? {})) left[reason] = (left[reason] ?? 0) + count
  return {
    ...progress,
    wiped: progress.wiped + step.wiped,
    left,
    done: step.next === null ? [...progress.done, thread] : progress.done,
    from: step.next,
    trouble: null,
  }
}

async function passErasure(deps: DeliverDeps, link: Link, { seq, wiped, left }: Erasing): Promise<Step> {
  const erased: Erased = { seq, wiped, left }
  const passed = await deps.leases.update(link, 'outbound', {
    $set: { 'outbound.cursor': seq, 'outbound.partsDone': 0, 'outbound.erasing': null, 'outbound.erased': erased },
  })
  return passed ? { kind: 'more', link: passed } : { kind: 'lost' }
}
