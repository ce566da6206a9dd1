import type { Account, Ticket, User } from './account.ts'
import { type Changes, Refusal, standing } from './changes.ts'

interface Merge {
  source: number
  target: number
  by: User
  /** Whether the requesters see what merging says. */
  public: boolean
}

/** What the agents' merging does: a comment in each, as it proposes them, and the one is closed for good. */
export function mergeTickets(
  { account, changes }: { account: Account; changes: Changes },
  { source, target, by, public: isPublic }: Merge,
): void {
  const [from, into] = [standing(account, source), standing(account, target)]
  if (from.id === into.id || from.status === 'closed' || into.status === 'closed') throw new Refusal('zendesk/closed')
  const last = account.audits(source).findLast(({ comment }) => comment)?.comment?.body ?? ''
  const closedHere = `Request ${named(from)} was closed and merged into this request. Last comment in request #${source}:\n\n${last}`
  const merged = { ticket_id: source, ticket_ids: [source], subject: from.subject }
  changes.update(target, { comment: { body: closedHere, public: isPublic } }, by, viaMerge(merged))
  const closedThere = `This request was closed and merged into request ${named(into)}.`
  const tags = [...from.tags, 'closed_by_merge']
  changes.update(source, { status: 'closed', tags, comment: { body: closedThere, public: isPublic } }, by, viaMerge({}))
}

const named = ({ id, subject }: Ticket): string => `#${id} "${subject}"`

const viaMerge = (from: object) => ({ channel: 'web', source: { from, to: {}, rel: 'merge' } })
