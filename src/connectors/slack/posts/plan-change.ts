import type { Brought } from '../../../bridge/port/call.ts'
import type { EventOf, LogEvent } from '../../../contract/event.ts'
import type { Seq } from '../../../contract/ids.ts'
import { channelAndTs } from '../message-ids.ts'
import { edited, editedHeading, isRevision, type Revision, revisionsIn } from '../words/revised.ts'
import { commentText, type Entry, entryOf } from '../words/wording.ts'
import type { Body, Change } from './body.ts'
import { pagesOf, withText } from './pages.ts'
import type { Known, Planned, PlanOptions, Root } from './planned.ts'
import { eventsBetween } from './read.ts'

const deletedText = '_This message was deleted._'
const editedMark = '_(edited)_'
const seeAbove = '_(see above)_'
const deletedAbove = '_A message above was deleted._'

/** What has become of a message, in the posts in which it stands. Null: nothing of it is there, or it says so already. */
export async function planChange(
  options: PlanOptions,
  root: Root,
  known: Known,
  revision: Revision,
): Promise<Planned | null> {
  const { messageSeq } = revision.body
  const [target] = await known.readLog(messageSeq - 1, 1)
  if (target?.type !== 'message' || target.erased) return null
  const log = await Array.fromAsync(eventsBetween(known.readLog, messageSeq, revision.seq - 1))
  const before = log.filter((event): event is Revision => isRevision(event) && event.body.message === target._id)
  const everywhere = carrying(await known.brought(messageSeq, revision.seq), target.seq, before)
  const posts = postsOf(
    everywhere.filter(({ thread = known.link.remote.thread }) => thread === known.link.remote.thread),
  )
  if (posts.length > 0 && posts.every(({ asOf = 0 }) => asOf >= revision.seq)) return null
  if (everywhere.length === 0 && !isWorthSaying(target, revision)) return null
  const entries = await entriesNow(options, known, { target, revision, post: posts[0] })
  const [first] = entries
  if (!first) return null
  const pages = pagesOf(entries)
  const parts = Math.max(pages.length, posts.length)
  const part = Math.min(known.link.partsDone + 1, parts)
  const said = { channel: root.channel, session: known.link.session, thread_ts: root.ts, author: first.author }
  const place = { post: posts[part - 1], page: pages[part - 1], isFirst: part === 1 }
  const body = bodyOf(said, { ...place, caption: parts === 1 ? captionOf(entries) : null, revision, target })
  return { from: revision.seq, to: revision.seq, part, parts, asOf: revision.seq, body }
}

/** Those in which a message stands, or what was said of it: what was told of it in a new thread makes it known there. */
function carrying(brought: readonly Brought[], message: Seq, revisions: readonly Revision[]): Brought[] {
  const ofRevisions = new Set(revisions.map(({ seq }) => seq))
  return brought.filter(({ from, to }) => (from <= message && message <= to) || (from === to && ofRevisions.has(from)))
}

/** In the order of their parts. Of two in one place, the later took the place of what was gone; a text that grew stands in further ones. */
function postsOf(carrying: readonly Brought[]): Brought[] {
  const byPart = new Map<number, Brought>()
  for (const post of carrying.toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0))) byPart.set(post.part, post)
  return [...byPart.values()].toSorted((a, b) => a.part - b.part)
}

/** Of a message that no post of ours carries: it was written in the thread, or kept from it. */
const isWorthSaying = ({ origin }: LogEvent, { type }: Revision): boolean =>
  type === 'message_edited' || origin === 'slack'

/** All that stands in the message's posts, as it is after the revision. */
async function entriesNow(
  addresses: PlanOptions,
  { readLog }: Known,
  { target, revision, post }: { target: EventOf<'message'>; revision: Revision; post: Brought | undefined },
): Promise<Entry[]> {
  const carries = post && post.from <= target.seq && target.seq <= post.to ? post : { from: target.seq, to: target.seq }
  const log = await Array.fromAsync(eventsBetween(readLog, carries.from - 1, revision.seq))
  const revisions = revisionsIn(log, revision.seq)
  const alike = ({ origin }: LogEvent) => (origin === 'slack') === (target.origin === 'slack')
  const shown = log.filter((event) => event.seq <= carries.to && !event.erased && alike(event))
  const entries = shown.flatMap((event) => {
    const last = revisions.get(event._id)
    const wasLeftOut = last?.type === 'message_deleted' && last.seq <= (post?.asOf ?? 0)
    return wasLeftOut ? [] : (entryAfter(event, last, addresses) ?? [])
  })
  const voice = entries.find(({ seq }) => seq === target.seq)?.voice
  return entries.filter((entry) => entry.voice === voice)
}

/** What is said of a file that stands in a post of its own. */
function captionOf([entry, ...others]: readonly Entry[]): string | null {
  if (entry?.kind !== 'message' || entry.file === undefined || others.length > 0) return null
  return commentText(`${entry.file.caption} ${editedMark}`.trim(), entry.internal)
}

function entryAfter(event: LogEvent, revision: Revision | undefined, addresses: PlanOptions): Entry | null {
  if (event.type !== 'message' || !revision) return entryOf(event, addresses)
  if (revision.type === 'message_deleted') {
    const entry = entryOf(event, addresses)
    return entry && withText(entry, deletedText)
  }
  const entry = entryOf(edited(event, revision), addresses)
  return entry?.kind === 'message' ? withText(entry, `${entry.text} ${editedMark}`) : entry
}

interface Standing {
  post: Brought | undefined
  page: string | undefined
  isFirst: boolean
  caption: string | null
  revision: Revision
  target: EventOf<'message'>
}

function bodyOf(
  said: Pick<Change, 'channel' | 'session' | 'author' | 'thread_ts'>,
  { post, page, isFirst, caption, revision, target }: Standing,
): Body {
  const isDeletion = revision.type === 'message_deleted'
  const anew = isDeletion ? deletedAbove : `${isFirst ? editedHeading : ''}${page ?? ''}`
  const place = post && channelAndTs(post.remoteId)
  if (!post || !place) return { kind: 'post', ...said, text: isFirst ? anew : (page ?? seeAbove) }
  const { marker, from, to } = post
  return {
    ...{ kind: 'change', ...said, ...place, text: page ?? seeAbove, carries: { marker, from, to } },
    ...(page !== undefined && { otherwise: anew }),
    ...(!isDeletion && caption !== null && { caption }),
    ...(isDeletion && target.body.file && { withdraws: true }),
  }
}
