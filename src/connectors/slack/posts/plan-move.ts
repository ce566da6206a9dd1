import type { LinkView } from '../../../bridge/port/call.ts'
import { factsOf } from '../route.ts'
import type { Revisions } from '../words/revised.ts'
import { firstEvents, planRoot } from './plan-root.ts'
import { type Known, nothingOf, type Planned, type PlanOptions, type Root } from './planned.ts'

/** Processes that know of a change and those that do not yet, in a restart say, must not move a chat to and fro. ms */
const staysFor = 600_000

/** Whether the thread's channel is none of its inbox's any more. */
export async function isMisplaced(
  { isPlaceOf, now }: Pick<PlanOptions, 'isPlaceOf' | 'now'>,
  { inbox, remote: { channel, movedAt = '0' } }: LinkView,
): Promise<boolean> {
  if (inbox === undefined || channel === undefined || now() - Number(movedAt) < staysFor) return false
  return !(await isPlaceOf(inbox, channel))
}

/** A word in the thread that is left, then the root of the next one. */
export async function planMove(
  options: PlanOptions,
  { channel, ts }: Root,
  known: Known,
  revisions: Revisions,
): Promise<Planned | null> {
  const { link, events } = known
  const target = await options.channelOf(factsOf([...(await firstEvents(known)), ...events]))
  if (link.remote.leaves === target) return planRoot(options, known, revisions, { movedAt: options.now() })
  const text = `_This chat goes on in <#${target}>._`
  const body = { kind: 'post', channel, session: link.session, thread_ts: ts, text, leaves: target } as const
  return { ...nothingOf(known), lane: 'normal', body }
}
