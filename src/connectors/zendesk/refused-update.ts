import type { FrozenCall, LinkView, Receipt } from '../../bridge/port/call.ts'
import { RemoteFailure } from '../../bridge/port/failure.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { Ticket, ZendeskApi } from './api.ts'
import type { createFind } from './find.ts'
import { gone, leaving } from './leave-ticket.ts'
import { isMergedAway, type MergedInto } from './merged.ts'
import { tell } from './odd-states.ts'
import type { Update } from './plan/body.ts'
import { remoteOf } from './receipt.ts'
import type { ZendeskError } from './transport.ts'

interface Deps {
  api: Pick<ZendeskApi, 'showTicket' | 'commentsIn'>
  find: ReturnType<typeof createFind>
  mergedInto: MergedInto
  now(): number
  logger: Logger
}

interface RefusedUpdate {
  call: FrozenCall
  body: Update
  link: LinkView
  ticket: string
  error: ZendeskError
  /** Makes the same call with less. */
  again(lesser: Update): Promise<Receipt>
}

/** What follows when Zendesk does not take an update: the receipt of a lesser one, or what was thrown. */
export function refused(deps: Deps, refusal: RefusedUpdate): Promise<Receipt> {
  const { error } = refusal
  switch (error.status) {
    case 404:
      return goneFrom(deps, refusal)(error)
    case 409:
      return changed(deps, refusal)
    case 422:
      return invalid(deps, refusal)
    case 429:
      throw ofTheTicket(error)
    default:
      throw error
  }
}

const goneFrom = ({ logger }: Deps, { link: { session }, ticket }: RefusedUpdate) => gone(logger, { session, ticket })

/** Somebody else changed the ticket, or we did and the answer was lost. */
async function changed(deps: Deps, refusal: RefusedUpdate): Promise<Receipt> {
  const { call, link, ticket, error } = refusal
  const ours = await deps.find(call, link)
  if (ours) return ours
  const shown = await deps.api.showTicket(ticket).catch(goneFrom(deps, refusal))
  // With the stamp unchanged, an earlier try of this call could still succeed: forgetting it would bring its text twice.
  if (shown.updated_at === link.remote.stamp) throw error
  const remote = remoteOf(shown, { ...link.remote, now: deps.now() })
  throw new RemoteFailure({ kind: 'repair', remote }, 'the ticket had changed', { cause: error })
}

/** Closed for good, or what the account's rules do not allow: solving without an assignee or a field, an agent who has no tickets. */
async function invalid(deps: Deps, refusal: RefusedUpdate): Promise<Receipt> {
  const { body, ticket, error, again } = refusal
  const left = { session: refusal.link.session, ticket, err: error }
  const shown = await deps.api.showTicket(ticket).catch(goneFrom(deps, refusal))
  if (shown.status === 'closed') throw await closed(deps, refusal, shown)
  const { status, assignee, ...commentOnly } = body
  if (status !== undefined || assignee !== undefined) {
    tell(deps.logger, 'unsolved', left)
    return again(commentOnly)
  }
  const elsewhere = { remote: { had: ticket } }
  if ((await deps.api.commentsIn(ticket)) >= mostComments) throw leaving(deps.logger, 'full', left, elsewhere)
  if (error.refusal.fields.includes('requester')) throw leaving(deps.logger, 'suspended', left, elsewhere)
  tell(deps.logger, 'refused', left)
  throw error
}

/** Zendesk takes no more than so many in one ticket: the chat goes on in another. */
const mostComments = 5_000

/** The chat follows a ticket that was merged; of one that is over, it makes a follow-up. */
async function closed(deps: Deps, refusal: RefusedUpdate, shown: Ticket): Promise<RemoteFailure> {
  const { link, ticket, error } = refusal
  const left = { session: link.session, ticket, err: error }
  const followUp = { followUpOf: ticket }
  // What an agent wrote last may not be in the chat yet.
  const readFirst = true
  if (!isMergedAway(shown)) return leaving(deps.logger, 'closed', left, { remote: followUp, readFirst })
  const merge = await deps.mergedInto(ticket, link.remote.audit ?? null)
  if (!merge) return leaving(deps.logger, 'merged_anywhere', left, { remote: followUp, readFirst })
  const { order: audit, ticket: into } = merge
  const remote = remoteOf(into, { ...link.remote, now: deps.now(), audit, guestSince: audit })
  return leaving(deps.logger, 'merged', left, { remote, otherwise: followUp, readFirst })
}

/** Updates have limits of their own; only an account that has nothing left is to be left alone altogether. */
function ofTheTicket(error: ZendeskError): RemoteFailure {
  if (error.failure.kind !== 'limited' || error.remaining === 0) return error
  return new RemoteFailure({ ...error.failure, scope: 'link' }, error.message, { cause: error })
}
