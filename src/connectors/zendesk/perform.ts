import type { FrozenCall, LinkView, Receipt } from '../../bridge/port/call.ts'
import { RemoteFailure } from '../../bridge/port/failure.ts'
import type { Logger } from '../../platform/log-output.ts'
import type { ZendeskApi } from './api.ts'
import { markedAs } from './audits.ts'
import { createTicket } from './create-ticket.ts'
import type { createFind } from './find.ts'
import { gone } from './leave-ticket.ts'
import type { MergedInto } from './merged.ts'
import { Body, type Update } from './plan/body.ts'
import { receiptOf } from './receipt.ts'
import { refused } from './refused-update.ts'
import { tagged } from './tags.ts'
import { idOf, type NewTicketDeps } from './ticket.ts'
import { ZendeskError } from './transport.ts'
import type { createUploads } from './uploads.ts'

interface PerformDeps extends NewTicketDeps {
  api: ZendeskApi
  uploads: ReturnType<typeof createUploads>
  find: ReturnType<typeof createFind>
  mergedInto: MergedInto
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
    return receiptOf(ticket, audit, { ...link.remote, now: deps.now(), agent: body.assignee ?? link.remote.agent })
  } catch (error) {
    if (!(error instanceof ZendeskError)) throw error
    const again = (lesser: Update) => update(deps, call, lesser, link)
    return refused(deps, { call, body, link, ticket: thread, error, again })
  }
}

/** A text that is too long for a comment ends with where the rest is. */
function textOf({ text, pageUpTo }: Update, hasPage: boolean): string {
  if (pageUpTo === undefined) return text
  const where = hasPage ? 'The whole chat is in the attached file.' : 'The whole chat is in Deskbridge.'
  return `${text}\n\n${where}`
}

/** As they are while the stamp is: an update that would overwrite somebody's change is refused. */
async function tagsOf({ api, logger }: PerformDeps, ticket: string, link: LinkView): Promise<readonly string[]> {
  const { session, remote } = link
  if (remote.tags !== undefined) return remote.tags.split(' ').filter(Boolean)
  return (await api.showTicket(ticket).catch(gone(logger, { session, ticket }))).tags
}
