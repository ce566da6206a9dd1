import type { Visitor } from '../../../src/contract/event.ts'
import { TicketSettings } from '../../../src/contract/inbox.ts'
import { visitorId } from './events.ts'

/** What a ticket of Ana's is made with. */
export const creation = (visitor: Omit<Visitor, 'id'> = { name: 'Ana' }) => ({
  kind: 'create' as const,
  text: 'Ana · 12:00\nHi',
  public: false,
  visitor: { id: visitorId, ...visitor },
  inbox: { key: 'shop', name: 'Our shop' },
  standing: 'live' as const,
  settings: TicketSettings.parse({}),
})
export const comment = {
  kind: 'comment' as const,
  text: 'Ana · 12:01\nStill there?',
  public: false,
  status: 'open' as const,
  files: [],
}

export const stamp = '2026-01-02T11:59:00Z'
/** A ticket as a link knows it. */
export const known = { thread: '35436', stamp, stampAt: '0', status: 'open', audit: '10'.padStart(20, '0') }
/** The clock of the tests. */
export const nowText = String(Date.UTC(2026, 0, 2, 12))
/** What the documented answer to a new or changed ticket says of it. */
export const documentedReceipt = {
  remote: {
    thread: '35436',
    stamp: '2011-05-05T10:38:52Z',
    stampAt: nowText,
    status: 'open',
    tags: 'enterprise other_tag',
    audit: '35436'.padStart(20, '0'),
  },
  remoteIds: ['comment:1564245'],
}
