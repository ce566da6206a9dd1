import type { Identity } from '../../access/tokens.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import type { Caller } from '../chat.ts'
import type { LinkTo } from '../files/links.ts'
import type { Who } from '../presence/presence.ts'
import type { SessionSummary } from '../sessions/summary.ts'
import type { Reader } from './reader.ts'

export const callerOf = (identity: Identity): Extract<Caller, { kind: 'visitor' | 'agent' }> =>
  identity.kind === 'agent'
    ? { kind: 'agent', id: identity.id, name: identity.name }
    : { kind: 'visitor', id: identity.id, ...(identity.name && { name: identity.name }) }

export const readerOf = ({ kind, id }: Identity, { linkTo }: { linkTo: LinkTo }): Reader => ({ kind, id, linkTo })

/** A visitor is there in one chat, an agent wherever they are. */
export const whoseDevice = (identity: Identity): Who =>
  identity.kind === 'agent' ? `agent:${identity.id}` : `visitor:${identity.session}`

/** Whoever may not open a session is told that it is not there. A visitor's token opens its own, an agent's those of their inboxes. */
export function mayOpen(identity: Identity, { id, inbox }: Pick<SessionSummary, 'id' | 'inbox'>): void {
  const isTheirs =
    identity.kind === 'visitor'
      ? identity.session === id
      : identity.inboxes.length === 0 || identity.inboxes.includes(inbox)
  if (!isTheirs) throw new DeskbridgeError('not_found')
}
