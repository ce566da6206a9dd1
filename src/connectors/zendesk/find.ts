import type { FrozenCall, LinkView, Receipt, Remote } from '../../bridge/port/call.ts'
import type { Logger } from '../../platform/log-output.ts'
import { type Audit, isComment, type ZendeskApi } from './api.ts'
import { type AuditReader, commentIdsOf, markerOf } from './audits.ts'
import { gone } from './leave-ticket.ts'
import { Body } from './plan/body.ts'
import { receiptOf } from './receipt.ts'
import { ZendeskError } from './transport.ts'

/** Looks for a call in its ticket, or in all tickets of the session where none is known yet. */
export function createFind(deps: { api: ZendeskApi; auditsAfter: AuditReader; now(): number; logger: Logger }) {
  const { api, auditsAfter, now, logger } = deps

  const findIn = async (ticket: string, call: FrozenCall, known: Remote): Promise<Receipt | null> => {
    const body = Body.parse(call.body)
    for await (const { audits } of auditsAfter(ticket, known.audit ?? null)) {
      const ours = audits.find((audit) => isOf(audit, call.marker, body))
      const agent = body.assignee ?? known.agent
      if (ours) return receiptOf(await api.showTicket(ticket), ours, { ...known, now: now(), agent })
    }
    return null
  }

  return async (call: FrozenCall, link: Pick<LinkView, 'session' | 'remote'>): Promise<Receipt | null> => {
    const { session, remote } = link
    const { thread } = remote
    if (thread !== undefined) return findIn(thread, call, remote).catch(gone(logger, { session, ticket: thread }))
    for (const ticket of await api.ticketsOf(session)) {
      const receipt = await findIn(ticket.id, call, {})
      if (receipt) return receipt
    }
    return null
  }
}

/** By the marker; where an audit carries none, by the very text that the call holds. */
function isOf(audit: Audit, marker: string, body: Body): boolean {
  const found = markerOf(audit)
  if (found !== null) return found === marker
  return audit.events.some(
    (event) => isComment(event) && event.public === body.public && isText(event.body ?? '', body),
  )
}

/** What ends with where the rest is has that added when it is made. */
const isText = (there: string, body: Body): boolean =>
  body.kind === 'comment' && body.pageUpTo !== undefined
    ? plain(there).startsWith(plain(body.text))
    : plain(there) === plain(body.text)

const plain = (text: string): string => text.replaceAll('\r\n', '\n').trim()

/** The markers of those that are in a ticket; an audit that carries none is known by its comment. */
export async function standingComments(
  auditsAfter: AuditReader,
  ticket: string,
  brought: readonly { marker: string; remoteId: string }[],
): Promise<ReadonlySet<string>> {
  const markers = new Set<string>()
  try {
    for await (const { audits } of auditsAfter(ticket, null))
      for (const audit of audits) {
        const comments = commentIdsOf(audit)
        const marker = markerOf(audit) ?? brought.find(({ remoteId }) => comments.includes(remoteId))?.marker
        if (marker !== undefined) markers.add(marker)
      }
  } catch (error) {
    if (!(error instanceof ZendeskError) || error.status !== 404) throw error
    return new Set()
  }
  return markers
}
