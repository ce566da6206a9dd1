import type { Arrival, InboxItem } from '../../bridge/port.ts'
import { EventKey } from '../../contract/ids.ts'
import type { ZendeskApi } from './api.ts'
import { RawComment } from './audits.ts'
import { ZendeskError } from './transport.ts'

const staff = new Set(['agent', 'admin'])

/** Longest name that an event takes, in UTF-16 units. */
const mostName = 200

/** Public comments of people who work in Zendesk are for the customer; ours are known by their marker, not by who signed them. */
export const createUnderstand =
  (api: Pick<ZendeskApi, 'showUser'>) =>
  async (item: InboxItem): Promise<Arrival> => {
    const comment = RawComment.parse(item.raw)
    if (comment.marker !== null) return { kind: 'own', marker: comment.marker }
    if (!comment.public) return { kind: 'pass', reason: 'a private comment' }
    const author = comment.author ?? (await api.showUser(comment.authorId).catch(nobody))
    if (author === null || !staff.has(author.role)) return { kind: 'pass', reason: 'not by an agent' }
    const name = cut(author.name.trim())
    return {
      kind: 'message',
      key: EventKey.parse(`zendesk:comment:${comment.id}`),
      author: { id: comment.authorId, name: name === '' ? 'Support' : name },
      text: comment.body,
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
