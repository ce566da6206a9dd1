import { maxMessageLength, type Visitor } from './event.ts'
import type { SessionId } from './ids.ts'
import type { Inbox } from './inbox.ts'
import { render } from './template.ts'

/** An inbox's text with what it names of the chat, as in canned responses; what the visitor calls themself stays text. */
export function wordsOf(
  text: string,
  { id, visitor }: { id: SessionId; visitor: Visitor },
  { key, name }: Pick<Inbox, 'key' | 'name'>,
): string {
  const variables = {
    'visitor.name': visitor.name,
    'visitor.email': visitor.email,
    'visitor.phone': visitor.phone,
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
