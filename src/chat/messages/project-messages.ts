import { type Connection, Schema } from 'mongoose'
import type { EventOf, LogEvent } from '../../contract/event.ts'
import type { Seq } from '../../contract/ids.ts'
import type { Projection } from '../../log/project.ts'
import { redacted } from '../../log/redact.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import { asWritten, isRevision, type MessageNow, type Revision, revise, searchedText } from './message-now.ts'
import { termsOf } from './search-terms.ts'

export interface Version {
  seq: Seq
  content: string
  at: Date
  deleted: boolean
}

/**
 * A message event as it stands in the log, kept beside it so that a page of a chat is one range of an index, with what
 * became of it. `versions`: the text after each edit, and the deletion, by their `seq`.
 */
export interface StoredMessage extends EventOf<'message'> {
  inbox: string
  now: Pick<MessageNow, 'content' | 'editedAt' | 'deleted' | 'revisedSeq'>
  versions: Record<string, Version>
  /** Of the file's name, which stays when the caption is changed. */
  nameTerms?: string[]
  terms: string[]
}

const schema = new Schema({ _id: String, session: String, seq: Number }, { versionKey: false, strict: false })
schema.index({ session: 1, seq: 1 }, { unique: true })
schema.index({ terms: 1, session: 1 })
schema.index({ terms: 1, inbox: 1, at: -1, _id: -1 })

export const messageModel = (connection: Connection) => connection.model('Message', schema, 'messages')

function stored(event: EventOf<'message'>, inbox: string): StoredMessage {
  const { event: _event, ...now } = asWritten(event)
  const { messageType, file } = event.body
  return {
    ...event,
    inbox,
    now,
    versions: {},
    ...(file && { nameTerms: termsOf(file.name) }),
    terms: messageType === 'system' ? [] : termsOf(searchedText({ event, ...now })),
  }
}

/** Takes effect once, and only on what came before it, however many processes project it. */
function revisionOf(revision: Revision) {
  const { seq, at, body } = revision
  const filter = { _id: body.message, 'now.deleted': false, 'now.revisedSeq': { $lt: seq } }
  const content = 'content' in body ? body.content : ''
  const deleted = revision.type === 'message_deleted'
  const now = { content, editedAt: deleted ? null : at, deleted, revisedSeq: seq }
  const terms = deleted ? [] : { $setUnion: [{ $literal: termsOf(content) }, { $ifNull: ['$nameTerms', []] }] }
  const version = { $literal: { seq, content, at, deleted } }
  return { updateOne: { filter, update: [{ $set: { now: { $literal: now }, terms, [`versions.${seq}`]: version } }] } }
}

/**
 * Leaves what `stored` makes of a redacted event. Whoever still holds the events as they were cannot bring them back:
 * all of these messages are there by now, so that inserting them again and revising them change nothing.
 */
function erasureOf({ session, body: { upTo } }: EventOf<'erased'>) {
  const before = { session, seq: { $lte: upTo } }
  const now = { content: '', editedAt: null, deleted: true, revisedSeq: 0 }
  const gone = { erased: true, 'body.content': '', now, versions: {}, terms: [] }
  return [
    { updateMany: { filter: before, update: { $set: gone, $unset: { 'body.file': '', nameTerms: '' } } } },
    { updateMany: { filter: { ...before, 'actor.kind': 'visitor' }, update: { $unset: { 'actor.name': '' } } } },
  ]
}

function updatesFor(event: LogEvent) {
  if (isRevision(event)) return [revisionOf(event)]
  return event.type === 'erased' ? erasureOf(event) : []
}

/** What a stored message is after an edit or a deletion, or after an erasure: the updates above, without a store. */
function changed(message: StoredMessage, change: LogEvent): StoredMessage {
  if (change.type === 'erased') return message.seq <= change.body.upTo ? erased(message) : message
  if (!isRevision(change) || change.body.message !== message._id) return message
  const before = { event: message, ...message.now }
  const after = revise(before, change)
  if (after === before) return message
  const { event: _event, ...now } = after
  const version = { seq: change.seq, content: now.content, at: change.at, deleted: now.deleted }
  const terms = now.deleted ? [] : [...new Set([...termsOf(now.content), ...(message.nameTerms ?? [])])]
  return { ...message, now, terms, versions: { ...message.versions, [change.seq]: version } }
}

function erased({ now: _now, versions: _versions, nameTerms: _names, terms: _terms, inbox, ...event }: StoredMessage) {
  const left = redacted(event)
  if (left.type !== 'message') throw new Error('a message was redacted into something else')
  return stored(left, inbox)
}

/** Each message passes the changes that are about it, in the log's order. */
function made(page: readonly LogEvent[], changes: readonly LogEvent[], inbox: string): StoredMessage[] {
  const erasures = changes.filter(({ type }) => type === 'erased')
  const revisions = Map.groupBy(changes.filter(isRevision), ({ body }) => body.message)
  return page
    .filter((event) => event.type === 'message')
    .map((event) =>
      [...(revisions.get(event._id) ?? []), ...erasures]
        .sort((a, b) => a.seq - b.seq)
        .reduce<StoredMessage>(changed, stored(event, inbox)),
    )
}

export const messageProjection: Projection<SessionSummary> = {
  collection: 'messages',
  insertsFor: (event, { inbox }) => (event.type === 'message' ? [{ ...stored(event, inbox) }] : []),
  updatesFor,
  made: (page, changes, { inbox }) => made(page, changes, inbox).map((message) => ({ ...message })),
  comparable: (message) => ({ ...message, terms: Array.isArray(message.terms) ? message.terms.toSorted() : null }),
}
