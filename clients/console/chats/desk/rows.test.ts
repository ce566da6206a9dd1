import { expect, it } from 'vitest'
import type { ChatListName, ListedChat } from '../../../../src/contract/lists.ts'
import { aRow, ofMe } from '../../../../test/support/listed-chat.ts'
import { callsFor, type Rows, viewOf, withFound } from './rows.ts'

const rowsOf = (...rows: ListedChat[]): Rows => new Map(rows.map((row) => [row.session.sessionId, row]))
const ids = (rows: Rows, list: ChatListName) => viewOf(rows, list, 'me').map(({ session }) => session.sessionId)
const at = (minute: number) => `2026-01-01T10:${String(minute).padStart(2, '0')}:00.000Z`

const rows = rowsOf(
  aRow('late', { session: { waitingSince: at(9) }, last: { at: at(20) } }),
  aRow('early', { session: { waitingSince: at(2) }, last: { at: at(12) } }),
  aRow('silent', { last: null }),
  aRow('mine', { ...ofMe(), last: { at: at(15) } }),
  aRow('read', { ...ofMe(), isUnread: false, last: { at: at(16) } }),
  aRow('left', { session: { offline: true, waitingSince: at(30) }, last: { at: at(30) } }),
  aRow('hers', { session: { status: 'active', assignee: { id: 'her', name: 'Cy' } }, last: { at: at(11) } }),
  aRow('old', { session: { status: 'closed', closedAt: at(40) } }),
  aRow('older', { session: { status: 'closed', closedAt: at(39) } }),
)

it('shows each list in its order', () => {
  expect([ids(rows, 'queue'), ids(rows, 'mine'), ids(rows, 'all'), ids(rows, 'closed')]).toEqual([
    ['early', 'late', 'left'],
    ['read', 'mine'],
    ['left', 'late', 'read', 'mine', 'early', 'hers'],
    ['old', 'older'],
  ])
})

it('counts what calls for somebody: their own that are not read, and those that wait', () => {
  expect(callsFor(rows, 'me')).toBe(3)
})

it('keeps what is newer, forgets what was asked for and not found, and takes another life of a chat as it is', () => {
  const known = rowsOf(
    aRow('newer', { session: { seq: 7 } }),
    aRow('gone'),
    aRow('restored', { session: { seq: 9 } }),
    aRow('other'),
  )
  const next = withFound(
    known,
    [aRow('newer', { session: { seq: 6 } }), aRow('restored', { session: { seq: 4, epoch: 'two' } })],
    ['newer', 'gone', 'restored'],
  )
  expect([...next.values()].map(({ session }) => [session.sessionId, session.seq])).toEqual([
    ['newer', 7],
    ['restored', 4],
    ['other', 1],
  ])
})
