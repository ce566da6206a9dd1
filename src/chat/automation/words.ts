import { maxMessageLength } from '../../contract/event.ts'
import type { Inbox } from '../../contract/inbox.ts'
import { render } from '../canned/template.ts'
import type { SessionSummary } from '../sessions/summary.ts'

/** An inbox's text with what it names of the chat, as in canned responses; what the visitor calls themself stays text. */
export function wordsOf(
  text: string,
  { id, visitor }: SessionSummary,
  { key, name }: Pick<Inbox, 'key' | 'name'>,
): string {
  const variables = {
    'visitor.name': visitor.name,
    'visitor.email': visitor.email,
    'visitor.page': visitor.page,
    'visitor.locale': visitor.locale,
    'inbox.name': name,
    'inbox.key': key,
    'session.id': id,
  }
  return render(text, { variables, attributes: visitor.attributes ?? {} })
    .slice(0, maxMessageLength)
    .toWellFormed()
}
