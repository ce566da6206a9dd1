import type { Message, SenderType } from '../../../../src/contract/chat.ts'
import { render } from '../../../../src/contract/template.ts'
import type { ChatClient, ChatState } from '../../../core/client.ts'
import { emptyConversation } from '../../../core/conversation/conversation.ts'

const agent = { id: 'agt_preview', name: 'Bo Bell' }
const visitor = { variables: { 'visitor.name': 'Ana' }, attributes: {} }

/** A chat that goes nowhere: what is said first, a question and an answer. */
export function sampleChat(greeting: string | null): ChatClient {
  const messages = [
    ...(greeting === null ? [] : [aMessage(1, 'system', render(greeting, visitor))]),
    aMessage(2, 'visitor', 'Is the blue pot back in stock?'),
    aMessage(3, 'agent', 'It is! Two are on my desk.'),
  ]
  const state: ChatState = {
    ...{ connection: 'online', refusal: null, sessionId: null, pending: [], uploads: [], typing: null, queue: null },
    conversation: { ...emptyConversation, status: 'active', messages, agents: [agent] },
  }
  const nothing = () => {}
  const never = async () => null
  return {
    state: () => state,
    subscribe: () => nothing,
    ...{ resume: nothing, send: nothing, sendFile: nothing, retry: nothing, discard: nothing },
    ...{ typing: nothing, read: nothing, update: nothing, identify: nothing, answerChallenge: nothing },
    ...{ edit: never, delete: never, rate: never, transcript: never, mailTranscript: never },
    ...{ startAnew: nothing, stop: nothing },
    older: async () => {},
    earlierChats: async () => [],
    open: async () => false,
    close: async () => {},
  }
}

/** Only what is shown is true of it: its ids are no ids. */
const aMessage = (seq: number, senderType: SenderType, content: string): Message =>
  ({
    id: `evt_${seq}`,
    seq,
    senderId: senderType,
    senderType,
    senderName: senderType === 'agent' ? agent.name : null,
    senderPicture: null,
    messageType: 'text',
    content,
    file: null,
    isInternal: false,
    createdAt: `2026-05-04T09:0${seq}:00.000Z`,
    editedAt: null,
    deleted: false,
  }) as Message
