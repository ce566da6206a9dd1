import type { LinkView, NextCall } from '../../../bridge/port/call.ts'
import type { LogEvent } from '../../../contract/event.ts'
import type { Seq } from '../../../contract/ids.ts'
import { withoutStaleAlerts } from '../words/alert.ts'
import { asItIsNow, isRevision, type Revision, type Revisions, revisionsIn } from '../words/revised.ts'
import { type Entry, entryOf, postText } from '../words/wording.ts'
import { lengthOf, piecesOf, roomIn } from './pages.ts'
import { planChange } from './plan-change.ts'
import { bringsFile, planFile } from './plan-file.ts'
import { isMisplaced, planMove } from './plan-move.ts'
import { planRoot, planRootChange } from './plan-root.ts'
import { planStory } from './plan-story.ts'
import type { Known, Planned, PlanOptions, Root } from './planned.ts'
import { eventsBetween } from './read.ts'
import { storyIn } from './story-in.ts'

/** The next call: a root once somebody has written (not what we say by ourselves), then what the next author says, as much as fits, or what has become of what was said. */
export async function planNext(options: PlanOptions, known: Known): Promise<NextCall | null> {
  const { channel, ts, thread } = known.link.remote
  const opened = thread !== undefined && channel !== undefined && ts !== undefined
  const planned = opened
    ? await planOpened(options, { channel, ts }, known)
    : await planRoot(options, known, (await whatBecame(known)).revisions)
  if (!planned) return null
  const { part = 1, parts = 1, lane = opened ? 'urgent' : 'normal', body, ...range } = planned
  const { channel: place } = body
  const isPost = body.kind === 'post' || body.kind === 'share'
  const budgets = [isPost ? options.budget(place) : options.changes]
  const repeatable = body.kind === 'upload' && ({ repeatable: true } as const)
  return { ...range, part, parts, lane, place, budgets, ...repeatable, body }
}

async function planOpened(options: PlanOptions, root: Root, known: Known): Promise<Planned | null> {
  const { link } = known
  const isBegun = link.partsDone > 0 || link.again
  if (!isBegun && (await isMisplaced(options, link)))
    return planMove(options, root, known, (await whatBecame(known)).revisions)
  return (
    (await planStory(options, root, known)) ??
    (await planRootChange(options, root, known)) ??
    (await planReply(options, root, known))
  )
}

/** What is to be done in a thread although nothing is new: the rest of a story, or a move. */
export const owesWithoutNews = async (
  options: Pick<PlanOptions, 'isPlaceOf' | 'now'>,
  link: LinkView,
): Promise<boolean> => storyIn(link.remote) !== null || (await isMisplaced(options, link))

async function planReply(options: PlanOptions, root: Root, known: Known): Promise<Planned | null> {
  const became = await whatBecame(known)
  const steps = withoutStaleAlerts(known.events).flatMap((event) => stepsOf(options, known, event, became.revisions))
  for (const [index, step] of steps.entries()) {
    if ('voice' in step) return { asOf: became.asOf, ...planPost(root, known.link, entriesFrom(steps.slice(index))) }
    const change = await planChange(options, root, known, step)
    if (change) return change
  }
  return null
}

/** What was done by then to messages that were not brought yet. A message in parts is what it was when its first part was formed. */
async function whatBecame({ link, events, readLog, brought }: Known): Promise<{ revisions: Revisions; asOf: Seq }> {
  const [first, last] = [events.at(0)?.seq ?? 0, events.at(-1)?.seq ?? 0]
  if (link.partsDone > 0) {
    const begun = (await brought(first, last)).filter(({ part, from }) => part === 1 && from >= first)
    const { asOf = 0 } = begun.toSorted((a, b) => a.from - b.from || (b.at ?? 0) - (a.at ?? 0))[0] ?? {}
    return { revisions: revisionsIn(events, asOf), asOf }
  }
  // What follows was brought as well.
  const later = link.again ? await Array.fromAsync(eventsBetween(readLog, last, Number.MAX_SAFE_INTEGER)) : []
  const asOf = later.at(-1)?.seq ?? last
  return { revisions: revisionsIn([...events, ...later], asOf), asOf }
}

/** Something to be shown, or a change of what may have been. */
function stepsOf(addresses: PlanOptions, known: Known, event: LogEvent, revisions: Revisions): (Entry | Revision)[] {
  if (isRevision(event)) return isNews(known, event) ? [event] : []
  const now = asItIsNow(event, revisions)
  const entry = now && entryOf(now, addresses)
  return entry ? [entry] : []
}

/** Not of a message that is brought as it is now, nor when one that follows says more. */
function isNews({ link, events }: Known, { seq, erased, body: { message } }: Revision): boolean {
  if (erased || link.again || events.some(({ _id }) => _id === message)) return false
  return link.partsDone > 0 || !events.some((event) => isRevision(event) && event.seq > seq && isOf(event, message))
}

const isOf = ({ body }: Revision, message: Revision['body']['message']): boolean => body.message === message

function entriesFrom(steps: readonly (Entry | Revision)[]): Entry[] {
  const end = steps.findIndex((step) => !('voice' in step))
  return steps.slice(0, end < 0 ? steps.length : end).filter((step) => 'voice' in step)
}

function planPost(
  { channel, ts: thread_ts }: { channel: string; ts: string },
  { session, partsDone, remote }: LinkView,
  entries: readonly Entry[],
): Planned {
  const [first] = entries
  if (!first) throw new Error('nothing to post')
  const about = { kind: 'post', channel, session, thread_ts, author: first.author } as const
  const withFile = planFile(about, first, remote)
  if (withFile) return withFile
  const body = isBroadcast(first) ? ({ ...about, broadcast: true } as const) : about
  const pieces = piecesOf(first)
  if (pieces.length > 1) {
    const part = Math.min(partsDone + 1, pieces.length)
    const piece = pieces[part - 1] ?? first
    return { from: first.seq, to: first.seq, part, parts: pieces.length, body: { ...body, text: postText([piece]) } }
  }
  const joined = joinable(first, entries)
  return { from: first.seq, to: joined.at(-1)?.seq ?? first.seq, body: { ...body, text: postText(joined) } }
}

const isBroadcast = (entry: Entry): boolean => entry.kind === 'context' && entry.broadcast === true

/** What follows in the same voice, as much of it as fits in one post. */
function joinable(first: Entry, entries: readonly Entry[]): Entry[] {
  const joined: Entry[] = []
  let length = -1
  for (const entry of entries) {
    length += 1 + lengthOf(entry)
    if (entry.voice !== first.voice) break
    if (joined.length > 0 && (length > roomIn(first) || bringsFile(entry))) break
    joined.push(entry)
  }
  return joined
}
