import { expect, it } from 'vitest'
import { Inbox } from '../../contract/inbox.ts'
import { showInbox } from './show-inbox.ts'

const inbox = Inbox.parse({
  key: 'shop',
  name: 'Shop',
  allowedOrigins: ['https://shop.example'],
  greeting: 'Hello!',
  hours: { timeZone: 'Europe/Lisbon', weekly: { mon: [{ from: '09:00', to: '17:00' }] } },
  outsideHours: { text: 'Back on Monday.' },
  slack: { channel: 'C0SECRET' },
  zendesk: { groupId: '4711', tags: ['secret'] },
  assignment: { strategy: 'skill_based', skills: ['secret'] },
})
const shown = {
  key: 'shop',
  name: 'Shop',
  look: { color: '#1f6feb', theme: 'auto', position: 'right', launcherText: null, logoUrl: null, proactiveAfter: null },
  greeting: 'Hello!',
  preChat: [],
  outsideHours: 'Back on Monday.',
}

it('tells a widget what it needs and nothing of who answers and where, by day and by night', () => {
  expect(['2026-06-29T09:00:00Z', '2026-06-30T09:00:00Z'].map((at) => showInbox(inbox, Date.parse(at)))).toEqual([
    { ...shown, open: true, opensAt: null, emailRequired: false },
    { ...shown, open: false, opensAt: '2026-07-06T08:00:00.000Z', emailRequired: true },
  ])
})
