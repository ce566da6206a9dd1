import { expect, it } from 'vitest'
import { TicketSettings } from '../../../src/contract/inbox.ts'
import { withoutNetwork } from '../../support/no-network.ts'
import { aField, anAccount, frozen } from './account.ts'
import { creation, documentedReceipt } from './calls.ts'
import { aLink, session, visitorId } from './events.ts'

withoutNetwork()

it('makes a ticket with the visitor’s own user, tags, fields, a private comment and our marker', async () => {
  const account = anAccount()
  account.fields()
  account.answer('post', '/api/v2/users/create_or_update.json', { name: 'zendesk/users.create_or_update' })
  account.answer('post', '/api/v2/tickets.json', { name: 'zendesk/ticket.create' })
  const receipt = await account.connector.perform(frozen(creation()), aLink())
  expect({ receipt, asked: account.asked.slice(2) }).toEqual({
    receipt: documentedReceipt,
    asked: [
      {
        request: 'POST /api/v2/users/create_or_update.json',
        key: undefined,
        authorization: 'Bearer gErypPlm4dOVgGRvA1ZzMH5MQ3nLo8bo',
        body: { user: { name: 'Ana', external_id: `visitor:${visitorId}`, skip_verify_email: true } },
      },
      {
        request: 'POST /api/v2/tickets.json',
        key: 'mark-1',
        authorization: 'Bearer gErypPlm4dOVgGRvA1ZzMH5MQ3nLo8bo',
        body: {
          ticket: {
            subject: 'Chat with Ana',
            external_id: session,
            tags: ['chat', `session-${session}`],
            custom_fields: [
              { id: 501, value: session },
              { id: 502, value: visitorId },
            ],
            comment: { body: 'Ana · 12:00\nHi', public: false },
            requester_id: 9873843,
            metadata: { deskbridge: 'mark-1' },
          },
        },
      },
    ],
  })
})

it('makes the ticket for the email that the visitor gave, and gives no user of that email the visitor’s id', async () => {
  const account = anAccount()
  account.fields()
  account.answer('post', '/api/v2/tickets.json', { name: 'zendesk/ticket.create' })
  await account.connector.perform(frozen(creation({ name: 'Ana', email: 'ana@example.com' })), aLink())
  expect({
    requests: account.requests(),
    requester: Object(account.bodyOf('POST /api/v2/tickets.json')).ticket.requester,
  }).toEqual({
    requests: ['POST /oauth/tokens', 'GET /api/v2/ticket_fields.json?page[size]=100', 'POST /api/v2/tickets.json'],
    requester: { name: 'Ana', email: 'ana@example.com' },
  })
})

it('makes the ticket as its inbox says: place, tags, priority, subject and fields, also of what was answered before the chat', async () => {
  const account = anAccount()
  account.fields()
  account.answer('post', '/api/v2/tickets.json', { name: 'zendesk/ticket.create' })
  const settings = TicketSettings.parse({
    ...{ brandId: '123', groupId: '98738', formId: '9007199254740993', tags: ['vip'], priority: 'high' },
    subject: '{{inbox.name}}: {{visitor.topic|a question}} of {{visitor.name}} {{{{boo}}',
    fields: [
      { id: '7', value: '{{visitor.topic}}' },
      { id: '8', value: '{{visitor.order}}' },
      { id: '9', value: 'chat' },
    ],
  })
  const visitor = { name: 'Ana', email: 'ana@example.com', attributes: { topic: 'Returns' } }
  await account.connector.perform(frozen({ ...creation(visitor), settings }), aLink())
  expect(Object(account.bodyOf('POST /api/v2/tickets.json')).ticket).toMatchObject({
    subject: 'Our shop: Returns of Ana {\u200b{\u200b{\u200b{boo}}',
    priority: 'high',
    custom_fields: [
      { id: 501, value: session },
      { id: 502, value: visitorId },
      { id: 7, value: 'Returns' },
      { id: 9, value: 'chat' },
    ],
    brand_id: 123,
    group_id: 98738,
    ticket_form_id: '9007199254740993',
    tags: ['chat', `session-${session}`, 'vip'],
  })
})

it('makes the ticket elsewhere when Zendesk does not take the inbox’s place, and keeps its tags and the email', async () => {
  const account = anAccount()
  account.fields()
  account.answer('post', '/api/v2/tickets.json', { name: 'zendesk/closed' })
  account.answer('post', '/api/v2/tickets.json', { name: 'zendesk/ticket.create' })
  const settings = TicketSettings.parse({ groupId: '1', tags: ['vip'] })
  await account.connector.perform(frozen({ ...creation({ name: 'Ana', email: 'ana@example.com' }), settings }), aLink())
  const made = account.asked.filter(({ request }) => request === 'POST /api/v2/tickets.json')
  expect(
    made.map(({ key, body }) => {
      const { group_id, tags, requester } = Object(body).ticket
      return { key, group_id, tag: tags.at(-1), email: requester.email }
    }),
  ).toEqual([
    { key: 'mark-1', group_id: 1, tag: 'vip', email: 'ana@example.com' },
    { key: 'mark-1-without-settings', group_id: undefined, tag: 'vip', email: 'ana@example.com' },
  ])
})

it('makes the ticket without an email that Zendesk does not take', async () => {
  const account = anAccount()
  account.fields()
  account.answer('post', '/api/v2/tickets.json', { name: 'zendesk/closed' })
  account.answer('post', '/api/v2/users/create_or_update.json', { name: 'zendesk/users.create_or_update' })
  account.answer('post', '/api/v2/tickets.json', { name: 'zendesk/ticket.create' })
  await account.connector.perform(frozen(creation({ name: 'Ana', email: 'ana@example.com' })), aLink())
  const made = account.asked.filter(({ request }) => request === 'POST /api/v2/tickets.json')
  expect(
    made.map(({ key, body }) => ({
      key,
      requester: Object(body).ticket.requester ?? Object(body).ticket.requester_id,
      marker: Object(body).ticket.metadata,
    })),
  ).toEqual([
    { key: 'mark-1', requester: { name: 'Ana', email: 'ana@example.com' }, marker: { deskbridge: 'mark-1' } },
    { key: 'mark-1-without-email', requester: 9873843, marker: { deskbridge: 'mark-1' } },
  ])
})

it('makes a follow-up of a closed ticket, with tags of its own', async () => {
  const account = anAccount()
  account.fields()
  account.answer('post', '/api/v2/tickets.json', { name: 'zendesk/ticket.create' })
  const body = { ...creation({ email: 'ana@example.com' }), followUpOf: '99' }
  await account.connector.perform(frozen(body), aLink({ followUpOf: '99' }))
  expect(account.bodyOf('POST /api/v2/tickets.json')).toMatchObject({
    ticket: { via_followup_source_id: 99, tags: ['chat', `session-${session}`] },
  })
})

it('finds its fields on a later page, past a deactivated one and one of another type, and asks once', async () => {
  const account = anAccount()
  const list = '/api/v2/ticket_fields.json?page[size]=100'
  const page = (fields: unknown[], text: object) => ({
    text: JSON.stringify({ ticket_fields: fields, meta: text }),
  })
  const others = [
    aField('chat_session_id', 1, { active: false }),
    aField('chat_session_id', 2, { type: 'checkbox' }),
    aField('user_id', 502),
  ]
  account.answer('get', list, page(others, { has_more: true, after_cursor: 'abc' }))
  account.answer('get', `${list}&page[after]=abc`, page([aField('chat_session_id', 777)], { has_more: false }))
  for (const marker of ['mark-1', 'mark-2']) {
    account.answer('post', '/api/v2/tickets.json', { name: 'zendesk/ticket.create' })
    await account.connector.perform(frozen(creation({ email: 'ana@example.com' }), { marker }), aLink())
  }
  const made = account.asked.filter(({ request }) => request === 'POST /api/v2/tickets.json')
  expect({
    fields: made.map(({ body }) => Object(body).ticket.custom_fields.map((field: { id: number }) => field.id)),
    lists: account.requests().filter((request) => request.startsWith('GET')).length,
  }).toEqual({
    fields: [
      [777, 502],
      [777, 502],
    ],
    lists: 2,
  })
})

it('makes a field that is missing, and takes the older of two that were made at once', async () => {
  const account = anAccount()
  account.fields(['user_id'])
  const made = JSON.stringify({ ticket_field: aField('chat_session_id', 900) })
  account.answer('post', '/api/v2/ticket_fields.json', { status: 201, text: made })
  const all = [aField('chat_session_id', 900), aField('chat_session_id', 899), aField('user_id', 501)]
  account.answer('get', '/api/v2/ticket_fields.json?page[size]=100', {
    text: JSON.stringify({ ticket_fields: all, meta: { has_more: false } }),
  })
  account.answer('post', '/api/v2/tickets.json', { name: 'zendesk/ticket.create' })
  await account.connector.perform(frozen(creation({ email: 'ana@example.com' })), aLink())
  expect({
    made: account.bodyOf('POST /api/v2/ticket_fields.json'),
    used: Object(account.bodyOf('POST /api/v2/tickets.json')).ticket.custom_fields,
  }).toEqual({
    made: { ticket_field: { title: 'chat_session_id', type: 'text', description: 'Set by Deskbridge' } },
    used: [
      { id: 899, value: session },
      { id: 501, value: visitorId },
    ],
  })
})
