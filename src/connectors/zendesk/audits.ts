import { z } from 'zod'
import type { InboxItem } from '../../bridge/port/arrival.ts'
import type { FrozenCall } from '../../bridge/port/call.ts'
import {
  type Audit,
  type AuditPage,
  type Change,
  type Comment,
  isChange,
  isComment,
  type User,
  type ZendeskApi,
} from './api.ts'
import { isStaff } from './staff.ts'

/** Under this name our marker stands in an audit's `metadata.custom`. */
const markerField = 'deskbridge'

export const markedAs = (call: Pick<FrozenCall, 'marker'>) => ({ metadata: { [markerField]: call.marker } })

/** What is kept of a user; of customers no more than that they are none of the account's people. `picture`: its address. */
const RawAuthor = z.object({
  name: z.string(),
  role: z.string(),
  email: z.string().optional(),
  picture: z.string().optional(),
})
type RawAuthor = z.infer<typeof RawAuthor>

/** Administrators answer for the emails of their people, and those have shown that they have them. */
export function rawAuthor({ name, role, email, verified, photo }: User): RawAuthor {
  if (!isStaff({ role })) return { name, role }
  return {
    ...{ name, role },
    ...(verified && email && { email }),
    ...(photo && { picture: photo.content_url }),
  }
}

/** What is kept of a comment until it is understood. `author`: null when the page did not say who it is. */
export const RawComment = z.object({
  id: z.string(),
  public: z.boolean(),
  body: z.string(),
  authorId: z.string(),
  author: RawAuthor.nullable(),
  marker: z.string().nullable(),
  /** Written by Zendesk’s own merging, in an agent’s name: it names tickets and quotes what may have been private. */
  ofMerge: z.boolean().default(false),
  files: z.array(z.object({ name: z.string(), url: z.string() })).default([]),
})
export type RawComment = z.infer<typeof RawComment>

/** What somebody did to a ticket besides writing. `to`: a status, or a user's id; null for nobody. */
export const RawChange = z.object({
  kind: z.literal('change'),
  audit: z.string(),
  authorId: z.string(),
  author: RawComment.shape.author,
  status: z.string().nullable(),
  assignee: z.object({ id: z.string(), name: z.string().nullable() }).nullable(),
})
export type RawChange = z.infer<typeof RawChange>

/** The chat’s ticket was closed, because it was merged into another. */
export const RawMerge = z.object({ kind: z.literal('merge'), ticket: z.string(), audit: z.string() })
export type RawMerge = z.infer<typeof RawMerge>

const isOfMerge = ({ via }: Pick<Audit, 'via'>): boolean => via?.channel === 'merge' || via?.source?.rel === 'merge'

/** The tickets that an audit merged into its own. */
export function mergedFrom(audit: Pick<Audit, 'via'>): string[] {
  const { ticket_id, ticket_ids } = (isOfMerge(audit) && audit.via?.source?.from) || {}
  return [...(ticket_ids ?? []), ...(ticket_id ? [ticket_id] : [])]
}

export const markerOf = (audit: Audit): string | null => {
  const marker = audit.metadata?.custom?.[markerField]
  return typeof marker === 'string' ? marker : null
}

export const commentIdsOf = (audit: Audit): string[] =>
  audit.events.filter(isComment).map((comment) => `comment:${comment.id}`)

/** Sorts as text as the audits' ids do as numbers, which grow with time. */
export const orderOf = (audit: Pick<Audit, 'id'>): string => audit.id.padStart(20, '0')

/** What people did in a page of audits, in the ticket's order. */
export function itemsOf(ticket: string, page: Pick<AuditPage, 'audits' | 'users'>): InboxItem[] {
  const users = new Map(page.users.map((user) => [user.id, rawAuthor(user)]))
  return page.audits.flatMap((audit) => {
    const at = { thread: ticket, order: orderOf(audit) }
    const comments = audit.events.filter(isComment).map((comment) => {
      const raw = rawComment(comment, users, audit)
      return { id: `comment:${comment.id}`, ...at, raw }
    })
    const other = mergeIn(audit, ticket) ?? changeIn(audit, users)
    return other ? [...comments, { id: `${other.kind}:${audit.id}`, ...at, raw: other }] : comments
  })
}

/** The ticket that goes is closed by it, the one that stays is not. */
const mergeIn = (audit: Audit, ticket: string): RawMerge | null =>
  isOfMerge(audit) && changeOf(audit, 'status') === 'closed' ? { kind: 'merge', ticket, audit: audit.id } : null

const changeOf = ({ events }: Audit, field: string): Change['value'] =>
  events.filter(isChange).find(({ field_name }) => field_name === field)?.value ?? null

type Users = ReadonlyMap<string, RawAuthor>

const rawComment = (comment: Comment, users: Users, audit: Audit): RawComment => ({
  id: comment.id,
  public: comment.public,
  body: comment.body ?? '',
  authorId: comment.author_id,
  author: users.get(comment.author_id) ?? null,
  marker: markerOf(audit),
  ofMerge: isOfMerge(audit),
  files: (comment.attachments ?? []).map((file) => ({ name: file.file_name, url: file.content_url })),
})

/** Of what stands beside a comment only that the ticket was solved is worth a word. Ours is told by its marker. */
function changeIn(audit: Audit, users: Users): RawChange | null {
  const authorId = audit.author_id
  if (markerOf(audit) !== null || !authorId) return null
  const isAlone = !audit.events.some(isComment)
  const status = changeOf(audit, 'status')
  const assignee = isAlone ? changeOf(audit, 'assignee_id') : null
  const told = {
    status: typeof status === 'string' && (isAlone || status === 'solved') ? status : null,
    assignee: assignee ? { id: String(assignee), name: users.get(String(assignee))?.name ?? null } : null,
  }
  if (told.status === null && told.assignee === null) return null
  return { kind: 'change', audit: audit.id, authorId, author: users.get(authorId) ?? null, ...told }
}

/** Tickets whose place is remembered; a forgotten one is read from its beginning. */
const mostPlaces = 1_000

/** A ticket's audits after one of them. A long ticket's last full page is remembered, so that a look does not read it all. */
export function createAuditReader(api: Pick<ZendeskApi, 'audits'>) {
  const places = new Map<string, { order: string; cursor: string }>()

  const remember = (ticket: string, order: string, cursor: string) => {
    const known = places.get(ticket)
    if (known && known.order >= order) return
    places.delete(ticket)
    places.set(ticket, { order, cursor })
    const oldest = places.keys().next()
    if (places.size > mostPlaces && !oldest.done) places.delete(oldest.value)
  }

  /** Pages that hold something after `order`, oldest first. */
  return async function* auditsAfter(ticket: string, order: string | null) {
    const place = places.get(ticket)
    let cursor = place && order !== null && place.order <= order ? place.cursor : null
    for (;;) {
      const page: AuditPage = await api.audits(ticket, cursor).catch((error: unknown) => {
        // A remembered cursor may be what is refused; the next look begins at the beginning.
        places.delete(ticket)
        throw error
      })
      const last = page.audits.at(-1)
      if (last && page.next !== null) remember(ticket, orderOf(last), page.next)
      const audits = page.audits.filter((audit) => order === null || orderOf(audit) > order)
      if (audits.length > 0) yield { audits, users: page.users, more: page.next !== null }
      if (page.next === null) return
      cursor = page.next
    }
  }
}

export type AuditReader = ReturnType<typeof createAuditReader>
