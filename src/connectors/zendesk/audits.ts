import { z } from 'zod'
import type { InboxItem } from '../../bridge/port.ts'
import { type Audit, isComment, type User } from './api.ts'

/** Under this name our marker stands in an audit's `metadata.custom`. */
export const markerField = 'deskbridge'

/** What is kept of a comment until it is understood. */
export const RawComment = z.object({
  id: z.string(),
  public: z.boolean(),
  body: z.string(),
  author: z.object({ id: z.string(), name: z.string(), role: z.string() }),
  marker: z.string().nullable(),
})
export type RawComment = z.infer<typeof RawComment>

export const markerOf = (audit: Audit): string | null => {
  const marker = audit.metadata?.custom?.[markerField]
  return typeof marker === 'string' ? marker : null
}

export const commentIdsOf = (audit: Audit): string[] =>
  audit.events.filter(isComment).map((comment) => `comment:${comment.id}`)

/** The comments of a page of audits, in the ticket's order. */
export function itemsOf(ticket: string, page: { audits: readonly Audit[]; users: readonly User[] }): InboxItem[] {
  const users = new Map(page.users.map((user) => [user.id, user]))
  return page.audits.flatMap((audit) =>
    audit.events.filter(isComment).map((comment) => {
      const author = users.get(comment.author_id) ?? { id: comment.author_id, name: 'Support', role: 'unknown' }
      const { id, body } = comment
      const raw: RawComment = { id, public: comment.public, body: body ?? '', author, marker: markerOf(audit) }
      return { id: `comment:${id}`, thread: ticket, order: audit.id.padStart(20, '0'), raw }
    }),
  )
}
