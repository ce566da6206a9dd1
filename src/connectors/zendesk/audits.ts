import { z } from 'zod'
import type { FrozenCall, InboxItem } from '../../bridge/port.ts'
import { type Audit, type AuditPage, isComment, type ZendeskApi } from './api.ts'

/** Under this name our marker stands in an audit's `metadata.custom`. */
const markerField = 'deskbridge'

export const markedAs = (call: Pick<FrozenCall, 'marker'>) => ({ metadata: { [markerField]: call.marker } })

/** What is kept of a comment until it is understood. `author`: null when the page did not say who it is. */
export const RawComment = z.object({
  id: z.string(),
  public: z.boolean(),
  body: z.string(),
  authorId: z.string(),
  author: z.object({ name: z.string(), role: z.string() }).nullable(),
  marker: z.string().nullable(),
})
export type RawComment = z.infer<typeof RawComment>

export const markerOf = (audit: Audit): string | null => {
  const marker = audit.metadata?.custom?.[markerField]
  return typeof marker === 'string' ? marker : null
}

export const commentIdsOf = (audit: Audit): string[] =>
  audit.events.filter(isComment).map((comment) => `comment:${comment.id}`)

/** Sorts as text as the audits' ids do as numbers, which grow with time. */
export const orderOf = (audit: Pick<Audit, 'id'>): string => audit.id.padStart(20, '0')

/** The comments of a page of audits, in the ticket's order. */
export function itemsOf(ticket: string, page: Pick<AuditPage, 'audits' | 'users'>): InboxItem[] {
  const users = new Map(page.users.map(({ id, name, role }) => [id, { name, role }]))
  return page.audits.flatMap((audit) =>
    audit.events.filter(isComment).map((comment) => {
      const { id, body, author_id: authorId } = comment
      const author = users.get(authorId) ?? null
      const raw: RawComment = {
        id,
        public: comment.public,
        body: body ?? '',
        authorId,
        author,
        marker: markerOf(audit),
      }
      return { id: `comment:${id}`, thread: ticket, order: orderOf(audit), raw }
    }),
  )
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
