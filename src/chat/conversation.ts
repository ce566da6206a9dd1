import type { Conversation } from '../bridge/conversation.ts'
import type { ChatDeps } from './chat.ts'
import { postMessage } from './messages/post-message.ts'

/** What arrives from Slack or Zendesk is a message like any other. */
export const createConversation = (deps: Pick<ChatDeps, 'log' | 'limits' | 'now'>): Conversation => ({
  async post({ text, ...message }) {
    await postMessage(deps, { ...message, content: text, internal: false })
  },
})
