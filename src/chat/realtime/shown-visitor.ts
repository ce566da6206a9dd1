import type { ShownVisitor } from '../../contract/chat.ts'
import type { Visitor } from '../../contract/event.ts'
import type { Reader } from './reader.ts'

/**
 * Not with what and from which address, which only the ticket and the thread are told. Agents see besides where they came
 * from, what the site knows of them, and which of it is proven.
 */
export function shownVisitor(visitor: Visitor, { kind }: Pick<Reader, 'kind'>): ShownVisitor {
  const { id, name, email, page, phone, attributes, externalId, verified, proven, byAgent } = visitor
  const { referrer, locale, timeZone } = visitor
  return {
    id,
    ...(name && { name }),
    ...(email && { email }),
    ...(page && { page }),
    ...(kind === 'agent' && {
      ...(referrer && { referrer }),
      ...(locale && { locale }),
      ...(timeZone && { timeZone }),
      ...(phone && { phone }),
      ...(attributes && { attributes }),
      ...(externalId && { externalId }),
      ...(verified && { verified }),
      ...(proven && { proven }),
      ...(byAgent && { byAgent }),
    }),
  }
}
