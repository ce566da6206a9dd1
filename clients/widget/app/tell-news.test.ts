import { expect, it } from 'vitest'
import type { Message, SenderType } from '../../../src/contract/chat.ts'
import type { ChatState } from '../../core/client.ts'
import { emptyConversation } from '../../core/conversation/conversation.ts'
import { newsFor, nothingTold, type Told } from './tell-news.ts'

const aMessage = (seq: number, senderType: SenderType) =>
  ({
    id: `evt_${seq}`,
    seq,
    sessionId: 'ses_1',
    senderType,
    senderName: null,
    content: `text ${seq}`,
    deleted: false,
  }) as Message
const heard = (seq: number, from: SenderType) => ({
  deskbridge: 'message',
  message: { id: `evt_${seq}`, sessionId: 'ses_1', from, name: null, text: `text ${seq}` },
})

type State = Pick<ChatState, 'sessionId' | 'conversation'>
const none: State = { sessionId: null, conversation: emptyConversation }
const begun: State = { sessionId: 'ses_1', conversation: emptyConversation }
const withAll = (...messages: Message[]): State => ({
  sessionId: 'ses_1',
  conversation: { ...emptyConversation, cursor: messages.at(-1)?.seq ?? 0, messages },
})

/** What the page hears of one state after the other. */
function told(states: readonly State[], isSeen = false) {
  let last: Told | typeof nothingTold = nothingTold
  return states.flatMap((state) => {
    const { told: next, news } = newsFor(last, state, isSeen)
    last = next
    return news
  })
}

it('tells of a chat that begins, and of all that is said in it', () => {
  const first = [aMessage(1, 'system'), aMessage(2, 'visitor')]
  expect(told([none, begun, withAll(...first), withAll(...first, aMessage(3, 'agent'))])).toEqual([
    { deskbridge: 'session', sessionId: null },
    { deskbridge: 'session', sessionId: 'ses_1' },
    heard(2, 'visitor'),
    heard(3, 'agent'),
    { deskbridge: 'unread', count: 1 },
  ])
})

it('tells of nothing old when a chat is gone on with but of how much was not read', () => {
  const old = [aMessage(2, 'visitor'), aMessage(3, 'agent')]
  expect(told([begun, withAll(...old), withAll(...old)])).toEqual([
    { deskbridge: 'session', sessionId: 'ses_1' },
    { deskbridge: 'unread', count: 1 },
  ])
})

it('counts nothing as new that is seen', () => {
  expect(told([begun, withAll(aMessage(3, 'agent'))], true)).toEqual([{ deskbridge: 'session', sessionId: 'ses_1' }])
})
