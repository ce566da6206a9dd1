import { z } from 'zod'
import type { Budget, LinkTo, LinkView, NextCall, ReadLog } from '../../../bridge/port.ts'
import type { EventOf, LogEvent } from '../../../contract/event.ts'
import { type ChatFacts, factsOf } from '../route.ts'
import { withoutStaleAlerts } from '../words/alert.ts'
import { escapeText, postLength, splitText } from '../words/text.ts'
import { type Entry, entryOf, noteHeading, postText, rootText } from '../words/wording.ts'

/** A post as it is stored before it is made. `thread_ts` is absent in a root. */
export const Post = z.object({
  channel: z.string(),
  session: z.string(),
  text: z.string(),
  thread_ts: z.string().optional(),
  /** Shown in the channel as well. */
  broadcast: z.literal(true).optional(),
  /** Absent: the app speaks for itself. */
  author: z.object({ name: z.string(), icon: z.string() }).optional(),
})
export type Post = z.infer<typeof Post>

/** Without what was said, and by whom. */
export const blankPost = ({ author: _author, ...post }: Post): Post => ({ ...post, text: '' })

export interface PlanOptions {
  /** Where a new thread begins. */
  channelOf(chat: ChatFacts): Promise<string>
  /** Of posts to one channel. */
  budget(channel: string): Budget
  linkTo: LinkTo
}

type Planned = Pick<NextCall, 'from' | 'to'> & { part?: number; parts?: number; post: Post }

/** The next post: a root once somebody has written (not what we say by ourselves), then what the next author says, as much as fits. */
export async function planNext(
  options: PlanOptions,
  link: LinkView,
  events: readonly LogEvent[],
  readLog: ReadLog,
): Promise<NextCall | null> {
  const { channel, ts } = link.remote
  const opened = link.remote.thread !== undefined && channel !== undefined && ts !== undefined
  const planned = opened
    ? planReply(options, { channel, ts }, link, events)
    : await planRoot(options, link, events, readLog)
  if (!planned) return null
  const { post, from, to, part = 1, parts = 1 } = planned
  const lane = opened ? 'urgent' : 'normal'
  const { channel: place } = post
  return { from, to, part, parts, lane, place, budgets: [options.budget(place)], body: post }
}

async function planRoot(
  { channelOf }: PlanOptions,
  { session, cursor }: LinkView,
  events: readonly LogEvent[],
  readLog: ReadLog,
): Promise<Planned | null> {
  const [next] = events
  const first = events.find(isByPerson)
  if (!next || !first) return null
  const before = await readLog(0, Math.max(1, Math.min(cursor, mostBefore)))
  const started = before[0]?.type === 'session_started' ? before[0] : null
  const text = rootText(session, first, started, saidBefore(before))
  const channel = await channelOf(factsOf([...before, ...events]))
  return { from: next.seq, to: next.seq - 1, post: { channel, session, text } }
}

/** Events in which we may have greeted a visitor who had not written yet. */
const mostBefore = 100

/** What we said before anybody wrote was no reason to open a thread, and is told in its root. */
const saidBefore = (events: readonly LogEvent[]): string[] =>
  events.some(isByPerson) ? [] : events.flatMap((event) => (event.type === 'message' ? [event.body.content] : []))

const isByPerson = (event: LogEvent): event is EventOf<'message'> =>
  event.type === 'message' && event.actor.kind !== 'system'

function planReply(
  { linkTo }: PlanOptions,
  root: { channel: string; ts: string },
  { session, partsDone }: LinkView,
  events: readonly LogEvent[],
): Planned | null {
  const entries = withoutStaleAlerts(events)
    .map((event) => entryOf(event, linkTo))
    .filter((entry) => entry !== null)
  const [first] = entries
  if (!first) return null
  const { channel, ts: thread_ts } = root
  const post = {
    channel,
    session,
    thread_ts,
    author: first.author,
    ...(isBroadcast(first) && { broadcast: true as const }),
  }
  const pieces = first.kind === 'message' ? splitText(first.text, roomIn(first)) : []
  if (pieces.length > 1) {
    const part = Math.min(partsDone + 1, pieces.length)
    const text = postText([withText(first, pieces[part - 1] ?? '')])
    return { from: first.seq, to: first.seq, part, parts: pieces.length, post: { ...post, text } }
  }
  const joined = joinable(first, entries)
  return { from: first.seq, to: joined.at(-1)?.seq ?? first.seq, post: { ...post, text: postText(joined) } }
}

const isBroadcast = (entry: Entry): boolean => entry.kind === 'context' && entry.broadcast === true

/** A heading stands above a note. */
const roomIn = (entry: Entry): number =>
  entry.kind === 'message' && entry.internal ? postLength - noteHeading.length - 1 : postLength

const withText = (entry: Entry, text: string): Entry => (entry.kind === 'message' ? { ...entry, text } : entry)

/** What follows in the same voice, as much of it as fits in one post. */
function joinable(first: Entry, entries: readonly Entry[]): Entry[] {
  const joined: Entry[] = []
  let length = -1
  for (const entry of entries) {
    length += 1 + (entry.kind === 'message' ? escapeText(entry.text) : entry.line).length
    if (entry.voice !== first.voice || (joined.length > 0 && length > roomIn(first))) break
    joined.push(entry)
  }
  return joined
}
