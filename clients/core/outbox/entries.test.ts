import { expect, it } from 'vitest'
import type { Message } from '../../../src/contract/chat.ts'
import { emptyConversation } from '../conversation/conversation.ts'
import type { Uploading } from '../files/uploads.ts'
import { entriesOf, idOf, unreadIn } from './entries.ts'
import type { Pending } from './outbox.ts'

const aMessage = (seq: number, senderType: string, more: object = {}) =>
  ({ id: `evt_${seq}`, seq, senderType, content: `text ${seq}`, deleted: false, ...more }) as unknown as Message
const no = { code: 'file_refused', message: 'no' } as const
const at = (second: number) => new Date(second * 1_000).toISOString()
const aPending = (clientMessageId: string, second: number, failed: Pending['failed'] = null): Pending => ({
  ...{ clientMessageId, content: clientMessageId, writtenAt: at(second), failed },
})
const anUpload = (id: string, second: number, failed: Pending['failed'] = null): Uploading => ({
  ...{ id, file: new Blob(['x']), name: id, caption: '', isNote: false, writtenAt: at(second), part: 0.5, failed },
})
const aState = (more: Partial<Parameters<typeof entriesOf>[0]> = {}) => ({
  ...{ conversation: emptyConversation, pending: [], uploads: [] },
  ...more,
})

it('shows what is stored, then what is on its way in the order in which it was written', () => {
  const messages = [aMessage(2, 'visitor', { clientMessageId: 'stored' }), aMessage(3, 'agent')]
  const pending = [aPending('stored', 1), aPending('first', 2), aPending('third', 4, no)]
  const uploads = [anUpload('second', 3), anUpload('also third', 4, no)]
  const entries = entriesOf(aState({ conversation: { ...emptyConversation, messages }, pending, uploads }))
  expect(entries.map((entry) => [idOf(entry), entry.kind, entry.state])).toEqual([
    ['stored', 'stored', 'sent'],
    ['evt_3', 'stored', null],
    ['first', 'pending', 'sending'],
    ['second', 'upload', 'sending'],
    ['third', 'pending', 'failed'],
    ['also third', 'upload', 'failed'],
  ])
})

it('knows what of ours was read, and nothing of what others wrote', () => {
  const messages = [aMessage(2, 'visitor'), aMessage(3, 'agent'), aMessage(4, 'visitor'), aMessage(5, 'system')]
  const conversation = { ...emptyConversation, messages, readUpTo: { visitor: 0, team: 3 } }
  expect(entriesOf(aState({ conversation })).map(({ state }) => state)).toEqual(['read', null, 'sent', null])
})

it('counts as unread what people and bots said since, unless it is gone', () => {
  const messages = [
    ...[aMessage(2, 'agent'), aMessage(3, 'bot'), aMessage(4, 'agent'), aMessage(5, 'visitor')],
    ...[aMessage(6, 'agent', { deleted: true }), aMessage(7, 'system')],
  ]
  expect(unreadIn({ ...emptyConversation, messages, readUpTo: { visitor: 2, team: 0 } })).toBe(2)
})
