import type { Visitor } from '../../contract/event.ts'
import { termsOf } from '../messages/search-terms.ts'

/** The words of whatever an agent knows a visitor by. */
export const termsOfVisitor = ({ name, email, externalId }: Visitor): string[] =>
  termsOf([name, email, externalId].filter((text) => text !== undefined).join(' '))
