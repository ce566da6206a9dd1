import type { Budget, LinkView, ReadLog } from '../../../bridge/port/call.ts'
import type { EventOf, FileRef, LogEvent } from '../../../contract/event.ts'
import type { Seq } from '../../../contract/ids.ts'
import { changeWith, fitting, joined, neutralize, packed, paragraphWith, type Telling } from '../text.ts'
import { isMessage, type MessageEvent, revised } from './story.ts'

export interface BudgetsOfTicket {
  create: readonly Budget[]
  update: readonly Budget[]
}

/** The visitor has left and is to be mailed by the ticket. */
export const isTicketMail = (event: LogEvent): event is EventOf<'emailed'> =>
  event.type === 'emailed' && event.body.byTicket !== undefined

/** Has a comment of its own. */
export const standsAlone = (event: LogEvent): boolean =>
  event.type === 'session_closed' || event.type === 'session_reopened' || isTicketMail(event)

/** Something said, or what became of it. */
type Remark = MessageEvent | EventOf<'message_edited'> | EventOf<'message_deleted'>

export const isRemark = (event: LogEvent): event is Remark =>
  (event.type === 'message' || event.type === 'message_edited' || event.type === 'message_deleted') && !event.erased

/** A comment of what was said. `text`: empty where all of it was deleted again. */
export interface Said {
  from: Seq
  to: Seq
  text: string
  internal: boolean
  /** As the comment has them. */
  messages: readonly MessageEvent[]
  files: readonly FileRef[]
}

/**
 * What lies before the next event that has a comment of its own and fits into one comment: the longer it waited, the more
 * goes along. `apart`: notes are not to stand in one comment with what the visitor reads.
 */
export async function saidIn(
  events: readonly LogEvent[],
  { telling, readLog, apart = false }: { telling: Telling; readLog: ReadLog; apart?: boolean },
): Promise<Said | null> {
  const alone = events.findIndex(standsAlone)
  const remarks = (alone === -1 ? events : events.slice(0, alone)).filter(isRemark)
  const internal = remarks.at(0)?.body.internal === true
  const change = apart ? remarks.findIndex(({ body }) => body.internal !== internal) : -1
  const alike = change === -1 ? remarks : remarks.slice(0, change)
  const paragraph = paragraphOf(telling, await timesBefore(alike, readLog))
  const taken = alike.slice(0, fitting(alike.map(paragraph)))
  const [first, last] = [taken.at(0), taken.at(-1)]
  if (!first || !last) return null
  const left = settled(taken)
  const text = joined(left.map(paragraph))
  const messages = left.filter(isMessage)
  return { from: first.seq, to: last.seq, text, internal, messages, files: attachable(messages) }
}

/** What became of a message before it was brought is brought with it. */
function settled(remarks: readonly Remark[]): Remark[] {
  const messages = remarks.filter(isMessage)
  const here = new Set(messages.map(({ _id }) => _id))
  const now = new Map(remarks.reduce(revised, []).map((message) => [message._id, message]))
  return remarks.flatMap((remark) => {
    if (isMessage(remark)) return now.get(remark._id) ?? []
    return here.has(remark.body.message) ? [] : remark
  })
}

/** When what was changed was written, by its `seq`. */
async function timesBefore(remarks: readonly Remark[], readLog: ReadLog): Promise<ReadonlyMap<Seq, Date>> {
  const changed = new Set(remarks.flatMap((remark) => (isMessage(remark) ? [] : remark.body.messageSeq)))
  const originals = await Promise.all([...changed].map((seq) => readLog(seq - 1, 1)))
  return new Map(originals.flat().map(({ seq, at }) => [seq, at]))
}

function paragraphOf(telling: Telling, times: ReadonlyMap<Seq, Date>): (remark: Remark) => string {
  const message = paragraphWith(telling)
  const change = changeWith(telling)
  return (remark) =>
    isMessage(remark) ? message(remark) : change(remark, times.get(remark.body.messageSeq) ?? remark.at)
}

/** What is attached to one comment: so much can be uploaded within one call's time. The rest are links. */
const mostFiles = 10
const mostFileBytes = 5_000_000

export function attachable(messages: readonly MessageEvent[]): FileRef[] {
  let bytes = 0
  const files = messages.flatMap(({ body }) => body.file ?? [])
  return files.filter(({ size }) => bytes + size <= mostFileBytes && (bytes += size) >= 0).slice(0, mostFiles)
}

/**
 * The comments that all of this needs, for one event. A ticket is made idempotent by its content, which an upload changes
 * each time: what is attached follows in a comment of its own.
 */
export function partsOfCreation(messages: readonly MessageEvent[], telling: Telling) {
  const texts = packed(messages.map(paragraphWith(telling)))
  const files = attachable(messages)
  return files.length === 0 ? { texts, files } : { texts: [...texts, listOf(files)], files }
}

const listOf = (files: readonly FileRef[]): string =>
  neutralize(['Files of the chat so far:', ...files.map(({ name }) => name)].join('\n'))

/** The next of the comments that these paragraphs need, the first ones of which are there. */
export function partOf(paragraphs: readonly string[], link: Pick<LinkView, 'partsDone'>) {
  const texts = packed(paragraphs)
  const index = Math.min(link.partsDone, texts.length - 1)
  return { part: index + 1, parts: texts.length, text: texts[index] ?? '' }
}
