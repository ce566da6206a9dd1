import { expect, it } from 'vitest'
import type { Message } from '../../../../src/contract/chat.ts'
import type { ChatState } from '../../../core/client.ts'
import { emptyConversation } from '../../../core/conversation/conversation.ts'
import { newsIn, nothingTold } from './news.ts'

const aMessage = (seq: number, senderType = 'agent', more: object = {}) =>
  ({ seq, senderType, deleted: false, ...more }) as Message

const aState = (messages: readonly Message[], sessionId = 's', cursor: number | null = messages.at(-1)?.seq ?? 0) =>
  ({ sessionId, conversation: { ...emptyConversation, cursor, messages } }) as ChatState

/** The positions that are told of at each of these states. */
const toldAt = (...states: ChatState[]) => {
  let told = nothingTold
  return states.map((state) => {
    const { told: next, news } = newsIn(told, state)
    told = next
    return news.map(({ seq }) => seq)
  })
}

const history = [aMessage(1), aMessage(2, 'visitor')]

it('tells of each new message of others once, and of none that was there before', () => {
  const later = [...history, aMessage(3), aMessage(4, 'visitor'), aMessage(5, 'bot')]
  expect(toldAt(aState([], 's', null), aState(history), aState(later), aState(later))).toEqual([[], [], [3, 5], []])
})

it('tells of nothing that was written earlier and came later, nor of what is deleted', () => {
  const later = [aMessage(4), aMessage(9), aMessage(10, 'agent', { deleted: true })]
  const withOlder = [aMessage(2), ...later]
  expect(toldAt(aState([aMessage(9)]), aState(later), aState(withOlder))).toEqual([[], [], []])
})

it('begins anew with another chat', () => {
  const other = aState([aMessage(7)], 'other')
  expect(toldAt(aState(history), other, aState([aMessage(7), aMessage(8)], 'other'))).toEqual([[], [], [8]])
})
