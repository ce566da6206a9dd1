import type { Identity } from '../../access/tokens.ts'
import type { KeyIdentity } from '../../access/who.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { LogEvent } from '../../contract/event.ts'
import type { VisitorId } from '../../contract/ids.ts'
import type { Caller } from '../chat.ts'
import type { LinkTo } from '../files/links.ts'
import type { PictureAt } from '../pictures/picture-at.ts'
import type { Who } from '../presence/presence.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import type { Reader } from './reader.ts'

export const callerOf = (identity: Identity): Extract<Caller, { kind: 'visitor' | 'agent' }> =>
  identity.kind === 'agent'
    ? { kind: 'agent', id: identity.id, name: identity.name, ...(identity.picture && { picture: identity.picture }) }
    : { kind: 'visitor', id: identity.id, ...(identity.name && { name: identity.name }) }

/** The same for other systems as well, which act for the team. */
export const actorOf = (who: Identity | KeyIdentity): Caller =>
  who.kind === 'admin' ? { kind: 'admin', id: who.id } : callerOf(who)

/** A key reads what agents read. */
export const readsAs = ({ kind, id }: { kind: Caller['kind']; id: string }): Pick<Reader, 'kind' | 'id'> => ({
  kind: kind === 'visitor' ? 'visitor' : 'agent',
  id,
})

/** `files`, `pictures`: where this reader finds what a message names. */
export const readerOf = (
  who: { kind: Caller['kind']; id: string },
  { files, pictures }: { files: { linkTo: LinkTo }; pictures: { at: PictureAt } },
): Reader => ({ ...readsAs(who), linkTo: files.linkTo, pictureAt: pictures.at })

/** A visitor is there in one chat, an agent wherever they are. */
export const whoseDevice = (identity: Identity): Who =>
  identity.kind === 'agent' ? `agent:${identity.id}` : `visitor:${identity.session}`

/**
 * Whoever may not open a session is told that it is not there. A visitor's token opens its own, while it is the same
 * visitor's: one from before the chat became a known customer's opens it no longer. An agent's or a key opens those of its
 * inboxes.
 */
export function mayOpen(
  identity: Identity | KeyIdentity,
  { id, inbox, visitor }: Pick<SessionSummary, 'id' | 'inbox' | 'visitor'>,
): void {
  const isTheirs =
    identity.kind === 'visitor'
      ? identity.session === id && identity.id === visitor.id
      : identity.inboxes.length === 0 || identity.inboxes.includes(inbox)
  if (!isTheirs) throw new DeskbridgeError('not_found')
}

/** Whether the chat became a known customer's whom this token does not stand for. `becomes`: whom it is about to be. */
export const losesAccess = (identity: Identity, event: LogEvent, becomes?: VisitorId): boolean =>
  identity.kind === 'visitor' &&
  event.type === 'visitor_updated' &&
  ![identity.id, becomes].includes(event.body.visitor.id)
