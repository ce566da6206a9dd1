import type { EraseStep, Trace } from '../../bridge/port/call.ts'
import { RemoteFailure } from '../../bridge/port/failure.ts'
import { type Audit, type Comment, isComment, type ZendeskApi } from './api.ts'
import { type AuditReader, commentIdsOf, mergedFrom, orderOf } from './audits.ts'
import { saysSomething, wholly } from './redact.ts'
import { idOf } from './ticket.ts'
import { ZendeskError } from './transport.ts'

interface EraseDeps {
  api: ZendeskApi
  auditsAfter: AuditReader
  /** Ids of the ticket fields that may hold what customers said. */
  fieldsWithAnswers(): Promise<readonly string[]>
}

const userStays = 'the requester in Zendesk, whom only an administrator there can delete'
const subjectStays = 'the subject and the fields of a ticket that can no longer be changed'
const othersStay = 'what others wrote in a ticket that the chat was merged into, and its subject and fields'
const commentStays = 'a comment that Zendesk does not redact'

/**
 * Redacts what the next comment after `from` (an audit's order) says, whoever wrote it: answers of agents quote the
 * customer. The subject, which names them, and the fields with their answers come last. In a ticket that was not made for
 * the chat, only what is ours goes, and what Zendesk quoted of the chat's own.
 */
export async function eraseComment(deps: EraseDeps, trace: Trace, from: string | null): Promise<EraseStep> {
  const { session, thread } = trace
  try {
    const isOwn = (await deps.api.showTicket(thread)).external_id === session
    const isOfChat = isOwn ? () => true : await ofChat(deps, trace)
    for await (const { audits } of deps.auditsAfter(thread, from)) {
      const audit = audits.find((one) => one.events.filter(isComment).some(saysSomething) && isOfChat(one))
      if (audit) return { next: orderOf(audit), ...(await redactAll(deps, thread, audit.events.filter(isComment))) }
    }
    return { next: null, wiped: 0, left: { [userStays]: 1, ...(isOwn ? await renamed(deps, thread) : othersLeft) } }
  } catch (error) {
    // What was deleted there is Zendesk's to purge.
    if (error instanceof ZendeskError && error.status === 404) return { next: null, wiped: 0 }
    throw error
  }
}

const othersLeft = { [othersStay]: 1 }

async function ofChat({ api }: EraseDeps, { session, remoteIds }: Trace): Promise<(audit: Audit) => boolean> {
  const ours = new Set(remoteIds)
  const tickets = new Set((await api.ticketsOf(session)).map(({ id }) => id))
  return (audit) => commentIdsOf(audit).some((id) => ours.has(id)) || mergedFrom(audit).some((id) => tickets.has(id))
}

async function redactAll({ api }: EraseDeps, ticket: string, comments: readonly Comment[]) {
  let wiped = 0
  let refused = 0
  for (const comment of comments.filter(saysSomething)) {
    const redaction = {
      ticket_id: Number(ticket),
      html_body: wholly(comment.html_body ?? comment.body ?? ''),
      external_attachment_urls: (comment.attachments ?? []).map((file) => file.content_url),
    }
    const done = await api.redactComment(comment.id, redaction).then(() => true, refusedForGood)
    if (done) wiped += 1
    else refused += 1
  }
  return { wiped, ...(refused > 0 && { left: { [commentStays]: refused } }) }
}

async function renamed({ api, fieldsWithAnswers }: EraseDeps, ticket: string): Promise<Record<string, number>> {
  const emptied = (await fieldsWithAnswers()).map((id) => ({ id: idOf(id), value: null }))
  const change = { subject: 'Erased chat', ...(emptied.length > 0 && { custom_fields: emptied }) }
  const done = await api.updateTicket(ticket, change).then(() => true, refusedForGood)
  return done ? {} : { [subjectStays]: 1 }
}

function refusedForGood(error: unknown): false {
  if (error instanceof RemoteFailure && error.failure.kind === 'refused') return false
  throw error
}
