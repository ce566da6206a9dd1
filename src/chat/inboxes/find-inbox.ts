import { DeskbridgeError } from '../../contract/errors.ts'
import type { Inbox } from '../../platform/settings.ts'

export const defaultInboxKey = 'default'

/** Throws `not_found` for a key that no inbox has. */
export function findInbox(inboxes: readonly Inbox[], key: string | undefined): Inbox {
  const inbox = inboxes.find((candidate) => candidate.key === (key ?? defaultInboxKey))
  if (!inbox)
    throw new DeskbridgeError('not_found', { message: `There is no inbox with the key '${key ?? defaultInboxKey}'.` })
  return inbox
}

/** A browser always names its origin on a cross-site request; whoever names none is not a website. */
export const allowsOrigin = (inbox: Inbox, origin: string | undefined): boolean =>
  origin === undefined || inbox.allowedOrigins.includes('*') || inbox.allowedOrigins.includes(origin)
