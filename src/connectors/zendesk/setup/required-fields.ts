import type { TicketSettings } from '../../../contract/inbox.ts'
import { type Finding, ok, warning } from '../../../platform/finding.ts'
import type { Field } from '../api.ts'
import type { Form } from './account.ts'

/** An inbox as far as it fills ticket fields. */
export interface FillingInbox {
  name: string
  zendesk: Pick<TicketSettings, 'formId' | 'fields' | 'priority' | 'statusAfter'>
}

/** What the account wants in a ticket. `ours`: titles of the fields that every ticket of a chat has filled. */
interface Wanted {
  fields: readonly Field[]
  forms: readonly Form[]
  ours: readonly string[]
}

/** What every ticket has, or what Zendesk and its agents see to. */
const seenTo: ReadonlySet<string> = new Set(['subject', 'description', 'status', 'custom_status', 'group', 'assignee'])
const priorities: ReadonlySet<string> = new Set(['priority', 'basic_priority'])

/** Whether the end of a chat can solve its ticket. What forms ask for under conditions is not looked at. */
export function solvable(inboxes: readonly FillingInbox[], wanted: Wanted): Finding[] {
  const lacking = inboxes.flatMap((inbox) => {
    const unfilled = unfilledBy(inbox, wanted)
    return unfilled.length > 0 ? [lacks(inbox, unfilled)] : []
  })
  return lacking.length > 0 ? lacking : [ok('the inboxes fill the ticket fields that a ticket needs to be solved')]
}

function lacks({ name }: FillingInbox, unfilled: readonly Field[]): Finding {
  const names = unfilled.map(({ id, title }) => `“${title}” (${id})`).join(', ')
  return warning(
    `the end of a chat in “${name}” does not solve its ticket, for which Zendesk wants ${names}`,
    'Fill that by the inbox’s zendesk.fields, or set its zendesk.statusAfter.closing to null.',
  )
}

function unfilledBy({ zendesk }: FillingInbox, { fields, forms, ours }: Wanted): Field[] {
  if (zendesk.statusAfter.closing !== 'solved') return []
  const form = forms.find(({ id, default: isDefault }) => (zendesk.formId ? id === zendesk.formId : isDefault))
  const filled = new Set(zendesk.fields.map(({ id }) => id))
  const isFilled = ({ id, type, title }: Field) =>
    seenTo.has(type) ||
    filled.has(String(id)) ||
    (priorities.has(type) && zendesk.priority !== undefined) ||
    (type === 'text' && ours.includes(title))
  const isOnForm = ({ id }: Field) => form === undefined || form.ticket_field_ids.includes(String(id))
  return fields.filter((field) => field.active && field.required && isOnForm(field) && !isFilled(field))
}
