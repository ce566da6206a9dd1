import type { Ticket, ZendeskApi } from './api.ts'
import { isComment } from './api.ts'
import { type AuditReader, mergedFrom, orderOf } from './audits.ts'
import { ZendeskError } from './transport.ts'

/** What Zendesk tags a ticket with that it closes because it was merged into another. */
const mergedTag = 'closed_by_merge'

export const isMergedAway = ({ tags }: Pick<Ticket, 'tags'>): boolean => tags.includes(mergedTag)

/** Where a ticket went on that was merged. `order`: of the audit of the merge there. Null: nothing says where for sure. */
export type MergedInto = (ticket: string, after: string | null) => Promise<{ ticket: Ticket; order: string } | null>

/** Tickets whose history is read for a merge. */
const mostCandidates = 5

/**
 * The last comment of a ticket that was merged names the other one, in words that its agent may change; that it was merged
 * there stands in the other's own history, and only that counts. `after`: the order of an audit from before the merge; from
 * there on both are read, so that a try which runs out of time in a long history is gone on with by the next.
 */
export function createMergedInto(deps: { api: Pick<ZendeskApi, 'showTicket'>; auditsAfter: AuditReader }): MergedInto {
  const { api, auditsAfter } = deps

  const lastWords = async (ticket: string, after: string | null): Promise<string> => {
    let words = ''
    for await (const { audits } of auditsAfter(ticket, after))
      words = audits.flatMap(({ events }) => events.filter(isComment)).at(-1)?.body ?? words
    return words
  }

  const mergeIn = async (candidate: string, source: string, after: string | null): Promise<string | null> => {
    for await (const { audits } of auditsAfter(candidate, after)) {
      const merge = audits.find((audit) => mergedFrom(audit).includes(source))
      if (merge) return orderOf(merge)
    }
    return null
  }

  return async (ticket, after) => {
    const named = new Set([...(await lastWords(ticket, after)).matchAll(/#(\d{1,19})/g)].map(([, id]) => id ?? ''))
    named.delete(ticket)
    for (const candidate of [...named].slice(0, mostCandidates)) {
      const order = await mergeIn(candidate, ticket, after).catch(nothing)
      if (order !== null) return { ticket: await api.showTicket(candidate), order }
    }
    return null
  }
}

/** A number that is none of a ticket's, or of one that is deleted by now. */
function nothing(error: unknown): null {
  if (error instanceof ZendeskError && error.status === 404) return null
  throw error
}
