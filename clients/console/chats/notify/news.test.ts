import { expect, it } from 'vitest'
import { aRow, ofMe } from '../../../../test/support/listed-chat.ts'
import { newsIn } from './news.ts'

const later = { at: '2026-01-01T10:05:00.000Z' }

it.each([
  ['somebody new waits', undefined, aRow('a'), 'waiting'],
  ['they wait on', aRow('a'), aRow('a', { last: later }), null],
  ['they have said nothing yet', undefined, aRow('a', { last: null }), null],
  ['they say their first word', aRow('a', { last: null }), aRow('a'), 'waiting'],
  ['they left a message', undefined, aRow('a', { session: { offline: true } }), null],
  ['it comes back to the queue', aRow('a', ofMe()), aRow('a'), 'waiting'],
  ['it becomes mine', aRow('a'), aRow('a', ofMe()), 'assigned'],
  ['my visitor writes', aRow('a', ofMe()), aRow('a', { ...ofMe(), last: later }), 'message'],
  ['I answer', aRow('a', ofMe()), aRow('a', { ...ofMe(), last: { ...later, by: 'agent' } }), null],
  ['I have read it', aRow('a', ofMe()), aRow('a', { ...ofMe(), isUnread: false }), null],
  ['it is closed', aRow('a', ofMe()), aRow('a', { ...ofMe({ status: 'closed' }), last: later }), null],
  [
    'it becomes another’s',
    aRow('a'),
    aRow('a', { session: { status: 'active', assignee: { id: 'her', name: 'Cy' } } }),
    null,
  ],
])('tells what is news: %s', (_, before, after, news) => {
  expect(newsIn(before, after, 'me')).toBe(news)
})
