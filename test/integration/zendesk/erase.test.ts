import nock from 'nock'
import { afterEach, describe, expect, it } from 'vitest'
import { TicketSettings } from '../../../src/contract/inbox.ts'
import { anAccount, anAudit } from './account.ts'
import { session } from './events.ts'
import { anInbox } from './planning.ts'

afterEach(() => nock.cleanAll())

const trace = { session, thread: '35436', remoteIds: ['comment:11'] }
const userStays = 'the requester in Zendesk, whom only an administrator there can delete'

/** An account in which the ticket is the chat's own. */
function withTicket(options: Parameters<typeof anAccount>[0] = {}) {
  const account = anAccount(options)
  account.ticket(35436, { external_id: session })
  return account
}

/** An audit whose comment has the HTML that Zendesk makes of it. */
const withHtml = (id: number, html: string, attachments: object[] = []) => {
  const audit = anAudit({ id, comment: id + 1 })
  return { ...audit, events: [{ ...audit.events[0], html_body: html, attachments }] }
}

describe('erasing a ticket', () => {
  it('redacts the next comment that still says something, whoever wrote it, with its files', async () => {
    const account = withTicket()
    const file = { content_url: 'https://acme.zendesk.com/attachments/1' }
    account.audits(35436, [withHtml(10, '<p>▇▇▇</p>'), withHtml(12, '<p>Hello Ana</p>', [file])])
    account.answer('put', '/api/v2/comment_redactions/13.json', { name: 'zendesk/comment_redactions' })
    const step = await account.connector.erase(trace, null)
    expect([step, account.bodyOf('PUT /api/v2/comment_redactions/13.json')]).toEqual([
      { next: '00000000000000000012', wiped: 1 },
      {
        ticket_id: 35436,
        html_body: '<p><redact>Hello Ana</redact></p>',
        external_attachment_urls: [file.content_url],
      },
    ])
  })

  it('takes the name out of the subject at the end, and says that the requester stays', async () => {
    const account = withTicket()
    account.audits(35436, [withHtml(10, '<p>▇▇▇</p>')])
    account.answer('put', '/api/v2/tickets/35436.json', { name: 'zendesk/ticket.update' })
    const step = await account.connector.erase(trace, '00000000000000000010')
    expect([step, account.bodyOf('PUT /api/v2/tickets/35436.json')]).toEqual([
      { next: null, wiped: 0, left: { [userStays]: 1 } },
      { ticket: { subject: 'Erased chat' } },
    ])
  })

  it('empties the fields in which inboxes keep what customers answered', async () => {
    const inbox = anInbox({ zendesk: { fields: [{ id: '7', value: '{{visitor.order}}' }] } })
    const account = withTicket({ inbox })
    account.audits(35436, [])
    account.answer('put', '/api/v2/tickets/35436.json', { name: 'zendesk/ticket.update' })
    await account.connector.erase(trace, null)
    expect(account.bodyOf('PUT /api/v2/tickets/35436.json')).toEqual({
      ticket: { subject: 'Erased chat', custom_fields: [{ id: 7, value: null }] },
    })
  })

  it('says that the subject of a closed ticket stays', async () => {
    const account = withTicket()
    account.audits(35436, [])
    account.answer('put', '/api/v2/tickets/35436.json', { name: 'zendesk/closed' })
    expect(await account.connector.erase(trace, null)).toEqual({
      next: null,
      wiped: 0,
      left: { [userStays]: 1, 'the subject and the fields of a ticket that can no longer be changed': 1 },
    })
  })

  it('is done with a ticket that was deleted there', async () => {
    const account = anAccount()
    account.answer('get', '/api/v2/tickets/35436.json', { name: 'zendesk/not_found' })
    expect(await account.connector.erase(trace, null)).toEqual({ next: null, wiped: 0 })
  })

  it('passes a comment that Zendesk does not redact, and says so', async () => {
    const account = withTicket()
    account.audits(35436, [withHtml(12, '<p>Hello</p>')])
    account.answer('put', '/api/v2/comment_redactions/13.json', { name: 'zendesk/closed' })
    expect(await account.connector.erase(trace, null)).toEqual({
      next: '00000000000000000012',
      wiped: 0,
      left: { 'a comment that Zendesk does not redact': 1 },
    })
  })

  it('stops when the account lets nobody in', async () => {
    const account = withTicket()
    account.audits(35436, [withHtml(12, '<p>Hello</p>')])
    account.answer('put', '/api/v2/comment_redactions/13.json', { status: 403, text: '{}' })
    await expect(account.connector.erase(trace, null)).rejects.toMatchObject({ failure: { kind: 'halted' } })
  })
})

it('leaves of a frozen call what it is found by', () => {
  const { connector } = anAccount()
  const inbox = { key: 'shop', name: 'Our shop' }
  const kept = { kind: 'create', public: false, inbox, standing: 'live', settings: TicketSettings.parse({}) }
  const visitor = { id: 'vis_000000000000000000000001' }
  const create = { ...kept, text: 'Hello', visitor: { ...visitor, name: 'Ana' } }
  const comment = { kind: 'comment', text: 'Hello', public: true, status: 'open', files: [] }
  nock.cleanAll()
  expect([connector.blank(create), connector.blank(comment)]).toEqual([
    { ...kept, text: '', visitor },
    { ...comment, text: '' },
  ])
})
