import { expect, it } from 'vitest'
import { withoutNetwork } from '../../support/no-network.ts'
import { anAccount, anAudit, frozen } from './account.ts'
import { comment, creation, known } from './calls.ts'
import { aLink, session } from './events.ts'

withoutNetwork()

it('finds a ticket that it made by its session and marker', async () => {
  const account = anAccount()
  const query = `/api/v2/tickets.json?external_id=${session}&page[size]=100`
  account.answer('get', query, { name: 'zendesk/tickets.list' })
  account.audits(35436, [anAudit({ id: 20, comment: 21, marker: 'mark-1', public: false })])
  account.ticket(35436)
  expect(await account.connector.find(frozen(creation()), aLink())).toMatchObject({
    remote: { thread: '35436', audit: '20'.padStart(20, '0') },
    remoteIds: ['comment:21'],
  })
})

it('knows its comment by the exact text where the audit has lost the marker', async () => {
  const account = anAccount()
  account.audits(35436, [
    anAudit({ id: 11, comment: 1, body: comment.text, public: true }),
    anAudit({ id: 12, comment: 2, body: `${comment.text.replaceAll('\n', '\r\n')}\n`, public: false }),
  ])
  account.ticket(35436)
  expect(await account.connector.find(frozen(comment), aLink(known))).toMatchObject({ remoteIds: ['comment:2'] })
})

it('does not find what is not there', async () => {
  const account = anAccount()
  account.audits(35436, [anAudit({ id: 11, comment: 1, marker: 'mark-0', body: comment.text, public: false })])
  expect(await account.connector.find(frozen(comment), aLink(known))).toBeNull()
})

it('tells from a look-up that the ticket is deleted', async () => {
  const account = anAccount()
  account.answer('get', '/api/v2/tickets/35436/audits.json?page[size]=100&include=users', { name: 'zendesk/not_found' })
  await expect(account.connector.find(frozen(comment), aLink(known))).rejects.toMatchObject({
    failure: { kind: 'repair', remote: { had: '35436' } },
  })
})

it('knows which of its comments still stand, by their markers or, where an audit has lost it, by their ids', async () => {
  const account = anAccount()
  account.audits(35436, [
    anAudit({ id: 11, comment: 1, marker: 'mark-1' }),
    anAudit({ id: 12, comment: 2 }),
    anAudit({ id: 13, comment: 3, body: 'By an agent' }),
  ])
  const brought = ['1', '2', '9'].map((id) => ({ marker: `mark-${id}`, remoteId: `comment:${id}` }))
  expect(await account.connector.standing('35436', brought)).toEqual(new Set(['mark-1', 'mark-2']))
})

it('finds none of its comments in a ticket that is deleted', async () => {
  const account = anAccount()
  account.answer('get', '/api/v2/tickets/35436/audits.json?page[size]=100&include=users', { name: 'zendesk/not_found' })
  expect(await account.connector.standing('35436', [])).toEqual(new Set())
})
