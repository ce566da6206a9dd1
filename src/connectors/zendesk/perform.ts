import { type FrozenCall, type LinkView, type Receipt, RemoteFailure } from '../../bridge/port.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { ZendeskApi } from './api.ts'
import { markedAs } from './audits.ts'
import { createTicket } from './create-ticket.ts'
import { type createFind, gone } from './find.ts'
import { Body, type Update } from './plan/body.ts'
import { receiptOf, remoteOf } from './receipt.ts'
import { tagged } from './tags.ts'
import { idOf, type NewTicketDeps } from './ticket.ts'
import { ZendeskError } from './transport.ts'
import type { createUploads } from './uploads.ts'

interface PerformDeps extends NewTicketDeps {
  api: ZendeskApi
  uploads: ReturnType<typeof createUploads>
  find: ReturnType<typeof createFind>
  now(): number
  logger: Logger
}

/** Makes a frozen call, all of it within one time-out. */
export const createPerform =
  (deps: PerformDeps) =>
  (call: FrozenCall, link: LinkView): Promise<Receipt> =>
    deps.api.inTime(() => {
      const body = Body.parse(call.body)
      return body.kind === 'create' ? createTicket(deps, call, body, link) : update(deps, call, body, link)
    })

async function update(deps: PerformDeps, call: FrozenCall, body: Update, link: LinkView): Promise<Receipt> {
  const { thread, stamp } = link.remote
  if (thread === undefined)
    throw new RemoteFailure({ kind: 'repair', remote: link.remote }, 'there is no ticket to comment on')
  const assignee = body.assignee ? await deps.staff(body.assignee) : null
  const { token, hasPage } = await deps.uploads(link.session, body)
  const change = {
    comment: { body: textOf(body, hasPage), public: body.public, ...(token !== null && { uploads: [token] }) },
    ...(body.status && { status: body.status }),
    ...(assignee !== null && { assignee_id: idOf(assignee) }),
    ...(body.standing && { tags: tagged(await tagsOf(deps, thread, link), body.standing) }),
    ...markedAs(call),
    safe_update: true,
    updated_stamp: stamp,
  }
  try {
    const { ticket, audit } = await deps.api.updateTicket(thread, change)
    return receiptOf(ticket, audit, { now: deps.now(), agent: body.assignee ?? link.remote.agent })
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error
    return refused(deps, thread, { call, body, link, error })
  }
}

/** A text that is too long for a comment ends with where the rest is. */
function textOf({ text, pageUpTo }: Update, hasPage: boolean): string {
  if (pageUpTo === undefined) return text
  const where = hasPage ? 'The whole chat is in the attached file.' : 'The whole chat is in Deskbridge.'
  return `${text}\n\n${where}`
}

/** As they are while the stamp is: an update that would overwrite somebody's change is refused. */
async function tagsOf(deps: PerformDeps, ticket: string, { remote }: LinkView): Promise<readonly string[]> {
  if (remote.tags !== undefined) return remote.tags.split(' ').filter(Boolean)
  return (await deps.api.showTicket(ticket).catch(gone(ticket))).tags
}

interface RefusedUpdate {
  call: FrozenCall
  body: Update
  link: LinkView
  error: ZendeskError
}

function refused(deps: PerformDeps, ticket: string, refusal: RefusedUpdate): Promise<Receipt> {
  const { error } = refusal
  switch (error.status) {
    case 404:
      return gone(ticket)(error)
    case 409:
      return changed(deps, ticket, refusal)
    case 422:
      return invalid(deps, ticket, refusal)
    case 429:
      throw ofTheTicket(error)
    default:
      throw error
  }
}

/** Somebody else changed the ticket, or we did and the answer was lost. */
async function changed(deps: PerformDeps, ticket: string, { call, link, error }: RefusedUpdate): Promise<Receipt> {
  const ours = await deps.find(call, link)
  if (ours) return ours
  const shown = await deps.api.showTicket(ticket).catch(gone(ticket))
  // With the stamp unchanged, an earlier try of this call could still succeed: forgetting it would bring its text twice.
  if (shown.updated_at === link.remote.stamp) throw error
  const { audit, agent } = link.remote
  const remote = remoteOf(shown, { now: deps.now(), audit, agent })
  throw new RemoteFailure({ kind: 'repair', remote }, 'the ticket had changed', { cause: error })
}

/** Closed for good, or what the account's rules do not allow: solving without an assignee, an agent who has no tickets. */
async function invalid(deps: PerformDeps, ticket: string, refusal: RefusedUpdate): Promise<Receipt> {
  const { call, body, link, error } = refusal
  if ((await deps.api.showTicket(ticket).catch(gone(ticket))).status === 'closed') {
    const remote = { followUpOf: ticket }
    throw new RemoteFailure({ kind: 'repair', remote }, 'the ticket is closed', { cause: error })
  }
  const { status, assignee, ...commentOnly } = body
  if (status === undefined && assignee === undefined) return full(deps, ticket, error)
  deps.logger.warn({ ticket, status, assignee, err: error }, 'status or assignee refused: bringing the comment alone')
  return update(deps, call, commentOnly, link)
}

/** Zendesk takes no more than so many in one ticket: the chat goes on in another. */
const mostComments = 5_000

async function full({ api, logger }: PerformDeps, ticket: string, error: ZendeskError): Promise<never> {
  if ((await api.commentsIn(ticket)) < mostComments) throw error
  logger.warn({ ticket }, 'the ticket has as many comments as Zendesk takes: the chat goes on in another')
  throw new RemoteFailure({ kind: 'repair', remote: { had: ticket } }, 'the ticket is full', { cause: error })
}

/** Updates have limits of their own; only an account that has nothing left is to be left alone altogether. */
function ofTheTicket(error: ZendeskError): RemoteFailure {
  if (error.failure.kind !== 'limited' || error.remaining === 0) return error
  return new RemoteFailure({ ...error.failure, scope: 'link' }, error.message, { cause: error })
}
