import type { LinkView } from '../../bridge/port/call.ts'
import type { Visitor } from '../../contract/event.ts'
import type { AgentId } from '../../contract/ids.ts'
import type { TicketSettings } from '../../contract/inbox.ts'
import { wordsOf } from '../../contract/words-of.ts'
import type { ZendeskApi } from './api.ts'
import type { Fields } from './fields.ts'
import type { Creation } from './plan/body.ts'
import { tagged } from './tags.ts'
import { neutralize } from './text.ts'

export interface NewTicketDeps {
  api: Pick<ZendeskApi, 'upsertUser'>
  fields(): Promise<Fields>
  /** The account's user for an agent of ours. */
  staff(agent: AgentId): Promise<string | null>
}

/** Longest subject that Zendesk shows whole. */
const mostSubject = 150

/** The ticket of a chat: found again by its external id, seen in views by its tags and fields. */
export async function newTicket(
  deps: NewTicketDeps,
  { session }: Pick<LinkView, 'session'>,
  body: Creation,
  inNameOf: 'visitor' | 'deskbridge' = 'visitor',
): Promise<object> {
  const fields = await deps.fields()
  const { settings, visitor, inbox } = body
  const filled = (text: string) => neutralize(wordsOf(text, { id: session, visitor }, inbox))
  const assignee = body.assignee ? await deps.staff(body.assignee) : null
  return {
    subject: cut(filled(settings.subject ?? '').trim() || neutralize(`Chat with ${nameOf(visitor)}`)),
    external_id: session,
    tags: tagged([`session-${session}`, ...settings.tags], body.standing),
    custom_fields: [
      { id: fields.session, value: session },
      { id: fields.user, value: visitor.id },
      ...settings.fields.flatMap(({ id, value }) => fieldWith(id, filled(value).trim())),
    ],
    comment: { body: body.text, public: body.public },
    ...(body.status && { status: body.status }),
    ...(settings.priority && { priority: settings.priority }),
    ...(assignee !== null && { assignee_id: idOf(assignee) }),
    // Nobody named: Zendesk takes whoever asks.
    ...(inNameOf === 'visitor' && (await requester(deps.api, visitor))),
    ...placed(settings),
    ...(body.followUpOf && { via_followup_source_id: idOf(body.followUpOf) }),
  }
}

/** A question that nobody answered leaves its field alone. */
const fieldWith = (id: string, value: string) => (value === '' ? [] : [{ id: idOf(id), value }])

/** On one line. */
const cut = (subject: string): string => Array.from(subject.replaceAll(/\s+/g, ' ')).slice(0, mostSubject).join('')

/** Where in the account: what is not said, Zendesk decides. */
const placed = (settings: TicketSettings) => ({
  ...(settings.brandId && { brand_id: idOf(settings.brandId) }),
  ...(settings.groupId && { group_id: idOf(settings.groupId) }),
  ...(settings.formId && { ticket_form_id: idOf(settings.formId) }),
})

const nameOf = (visitor: Visitor): string => visitor.name ?? visitor.email ?? 'a visitor'

/** Zendesk's ids are numbers; one that no number here can hold goes as text. */
export const idOf = (id: string): number | string => (Number.isSafeInteger(Number(id)) ? Number(id) : id)

/**
 * By the email that the visitor gave; without one, a user of the visitor's own. Never both in one user: the email is
 * unverified, and a visitor's id on a stranger's account would merge the two.
 */
async function requester(api: Pick<ZendeskApi, 'upsertUser'>, visitor: Visitor): Promise<object> {
  const name = visitor.name ?? `Visitor ${visitor.id.slice(-6)}`
  if (visitor.email) return { requester: { name, email: visitor.email } }
  return {
    requester_id: idOf(await api.upsertUser({ name, external_id: `visitor:${visitor.id}`, skip_verify_email: true })),
  }
}
