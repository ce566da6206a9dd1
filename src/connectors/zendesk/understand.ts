import type { Arrival, InboxItem, RemoteAuthor } from '../../bridge/port/arrival.ts'
import { EventKey } from '../../contract/ids.ts'
import type { ZendeskApi } from './api.ts'
import { RawChange, RawComment, RawMerge, rawAuthor } from './audits.ts'
import type { Download } from './download.ts'
import { isStaff } from './staff.ts'
import { ZendeskError } from './transport.ts'

interface UnderstandDeps {
  api: Pick<ZendeskApi, 'showUser'>
  download: Download
}

/** Longest name that an event takes, in UTF-16 units. */
const mostName = 200

/**
 * Public comments of people who work in Zendesk are for the customer, and what they do to the ticket is for the team; ours
 * are known by their marker, not by who signed them.
 */
export const createUnderstand =
  (deps: UnderstandDeps) =>
  async (item: InboxItem): Promise<Arrival> => {
    const change = RawChange.safeParse(item.raw)
    if (change.success) return changed(deps, change.data)
    const merge = RawMerge.safeParse(item.raw)
    if (merge.success) return merged(merge.data)
    const comment = RawComment.parse(item.raw)
    if (comment.marker !== null) return { kind: 'own', marker: comment.marker }
    if (!comment.public) return { kind: 'pass', reason: 'a private comment' }
    if (comment.ofMerge) return { kind: 'pass', reason: 'written by merging tickets' }
    const author = await staffMember(deps, comment)
    if (author === null) return { kind: 'pass', reason: 'not by an agent' }
    return {
      kind: 'message',
      key: EventKey.parse(`zendesk:comment:${comment.id}`),
      author,
      text: comment.body,
      files: comment.files.map(({ name: file, url }) => ({ name: file, read: (most) => deps.download(url, most) })),
    }
  }

async function changed(deps: UnderstandDeps, change: RawChange): Promise<Arrival> {
  const author = await staffMember(deps, change)
  if (author === null) return { kind: 'pass', reason: 'not by an agent' }
  const key = EventKey.parse(`zendesk:change:${change.audit}`)
  return { kind: 'message', key, author, text: wordsFor(change), internal: true }
}

/** For the team, wherever the chat goes on: bringing it finds out where that is, before the visitor writes again. */
const merged = ({ ticket, audit }: RawMerge): Arrival => ({
  kind: 'note',
  key: EventKey.parse(`zendesk:merge:${audit}`),
  rule: 'ticket-merged',
  text: `Ticket #${ticket} of this chat was merged into another one.`,
})

function wordsFor({ authorId, status, assignee }: RawChange): string {
  const given =
    assignee &&
    (assignee.id === authorId ? 'Took the ticket' : `Gave the ticket to ${assignee.name ?? 'somebody else'}`)
  const set = status && (status === 'solved' ? 'Solved the ticket' : `Set the ticket to ${status}`)
  return `${[given, set].filter(Boolean).join('. ')}.`
}

/** Null: a customer, or nobody whom the account knows. */
async function staffMember(
  { api, download }: UnderstandDeps,
  { author: known, authorId: id }: Pick<RawComment, 'author' | 'authorId'>,
): Promise<RemoteAuthor | null> {
  const author = known ?? (await api.showUser(id).then(rawAuthor).catch(nobody))
  if (author === null || !isStaff(author)) return null
  const { email, picture: address } = author
  const name = cut(author.name.trim())
  return {
    id,
    name: name === '' ? 'Support' : name,
    ...(email && { email }),
    ...(address && { picture: { address, read: (most) => download(address, most) } }),
  }
}

/** Not inside a character of two units. */
const cut = (name: string): string =>
  name
    .slice(0, mostName)
    .replace(/[\ud800-\udbff]$/, '')
    .trim()

/** Comments of the account's own automation have an author whom nobody can look up. */
function nobody(error: unknown): null {
  if (error instanceof ZendeskError && error.status === 404) return null
  throw error
}
