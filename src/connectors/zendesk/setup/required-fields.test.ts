import { expect, it } from 'vitest'
import { TicketSettings } from '../../../contract/inbox.ts'
import { solvable } from './required-fields.ts'

const field = (id: number, title: string, more: { type?: string; active?: boolean; required?: boolean } = {}) => ({
  ...{ id, title, type: 'tagger', active: true, required: true },
  ...more,
})
const fields = [
  field(1, 'Assignee', { type: 'assignee' }),
  field(2, 'Priority', { type: 'priority' }),
  field(3, 'Order'),
  field(4, 'Reason'),
  field(5, 'Old', { active: false }),
  field(6, 'Notes', { required: false }),
  field(7, 'chat_session_id', { type: 'text' }),
]
const form = (id: string, on: readonly number[], isDefault = false) => ({
  ...{ id, active: true, default: isDefault },
  ticket_field_ids: on.map(String),
})
const forms = [form('47', [1, 2, 3, 4, 7], true), form('48', [1, 3, 7])]

/** What is missing in the tickets of an inbox with these settings, in an account with or without forms. */
function missing(settings: Parameters<typeof TicketSettings.parse>[0], ofAccount: typeof forms = forms) {
  const inbox = { name: 'Our shop', zendesk: TicketSettings.parse(settings) }
  const [finding] = solvable([inbox], { fields, forms: ofAccount, ours: ['chat_session_id', 'user_id'] })
  return finding?.level === 'ok' ? [] : finding?.what.match(/“[^”]+”/g)?.slice(1)
}

it.each([
  ['nothing of its own', {}, forms, ['“Priority”', '“Order”', '“Reason”']],
  ['a form without some of them', { formId: '48' }, forms, ['“Order”']],
  ['all of them', { priority: 'high', fields: ['3', '4'].map((id) => ({ id, value: 'x' })) }, forms, []],
  ['an account without forms', { priority: 'low' }, [], ['“Order”', '“Reason”']],
  ['tickets that chats do not solve', { statusAfter: { closing: null } }, forms, []],
])('says what keeps tickets from being solved: %s', (_what, settings, ofAccount, expected) => {
  expect(missing(settings, ofAccount)).toEqual(expected)
})

it('names the inbox, the field and its id, and what to do', () => {
  const inbox = { name: 'Our shop', zendesk: TicketSettings.parse({ formId: '48' }) }
  expect(solvable([inbox], { fields, forms, ours: [] })).toMatchObject([
    {
      level: 'warning',
      what: 'the end of a chat in “Our shop” does not solve its ticket, for which Zendesk wants “Order” (3), “chat_session_id” (7)',
      todo: expect.stringContaining('zendesk.fields'),
    },
  ])
})
