import type { LinkView } from '../../bridge/port.ts'
import type { Visitor } from '../../contract/event.ts'
import type { TicketSettings } from '../../contract/inbox.ts'
import type { ZendeskApi } from './api.ts'
import type { Fields } from './fields.ts'
import type { Body } from './plan.ts'
import { tagged } from './tags.ts'
import { neutralize } from './text.ts'

/** The ticket of a chat: found again by its external id, seen in views by its tags and fields. */
export async function newTicket(input: {
  api: Pick<ZendeskApi, 'upsertUser'>
  fields(): Promise<Fields>
  link: Pick<LinkView, 'session'>
  body: Extract<Body, { kind: 'create' }>
}): Promise<object> {
  const { link, body } = input
  const fields = await input.fields()
  return {
    subject: neutralize(`Chat with ${nameOf(body.visitor)}`),
    external_id: link.session,
    tags: tagged([`session-${link.session}`, ...(body.settings?.tags ?? [])], body.standing),
    custom_fields: [
      { id: fields.session, value: link.session },
      { id: fields.user, value: body.visitor.id },
    ],
    comment: { body: body.text, public: false },
    ...(await requester(input.api, body.visitor)),
    ...placed(body.settings),
    ...(body.followUpOf && { via_followup_source_id: idOf(body.followUpOf) }),
  }
}

/** Where in the account: what is not said, Zendesk decides. */
const placed = (settings: TicketSettings | undefined) => ({
  ...(settings?.brandId && { brand_id: idOf(settings.brandId) }),
  ...(settings?.groupId && { group_id: idOf(settings.groupId) }),
  ...(settings?.formId && { ticket_form_id: idOf(settings.formId) }),
})

const nameOf = (visitor: Visitor): string => visitor.name ?? visitor.email ?? 'a visitor'

/** Zendesk's ids are numbers; one that no number here can hold goes as text. */
const idOf = (id: string): number | string => (Number.isSafeInteger(Number(id)) ? Number(id) : id)

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
