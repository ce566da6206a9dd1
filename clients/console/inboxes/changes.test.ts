import { expect, it } from 'vitest'
import { ChangeInbox, Inbox } from '../../../src/contract/inbox.ts'
import { changesOf, clashesOf, rebased, settings } from './changes.ts'

const inbox = Inbox.parse({ key: 'shop', name: 'Shop', allowedOrigins: ['*'] })

it('names what differs and nothing else', () => {
  const after: Inbox = { ...inbox, name: 'The shop', look: { ...inbox.look, color: '#222222' } }
  expect(changesOf(inbox, after)).toEqual({ name: 'The shop', look: { ...inbox.look, color: '#222222' } })
})

it('finds what two people changed in different ways', () => {
  const now: Inbox = { ...inbox, name: 'Theirs', greeting: 'Hello', enabled: false }
  expect(clashesOf(inbox, now, { name: 'Mine', greeting: 'Hello', retentionDays: 30 })).toEqual(['name'])
})

it('knows every setting there is', () => {
  expect(settings.map(([name]) => name).sort()).toEqual(Object.keys(ChangeInbox.omit({ version: true }).shape).sort())
})

it('takes in what others have changed, and keeps what is mine', () => {
  const now: Inbox = { ...inbox, name: 'Theirs', retentionDays: 30 }
  expect(rebased(inbox, now, { ...inbox, name: 'Mine' })).toEqual({ ...inbox, name: 'Mine', retentionDays: 30 })
})
