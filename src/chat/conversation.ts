import type { Conversation } from '../bridge/conversation.ts'
import type { ChatDeps } from './chat.ts'
import { postFile } from './messages/post-file.ts'
import { postMessage } from './messages/post-message.ts'

/** Whose a file is that arrived from elsewhere: nobody who is connected here can send it. */
const arrivedFrom = (origin: string) => `arrived:${origin}`

/** What arrives from Slack or Zendesk is a message like any other. */
export const createConversation = (deps: Pick<ChatDeps, 'log' | 'limits' | 'files' | 'now'>): Conversation => ({
  async post({ text, internal = false, ...message }) {
    await postMessage(deps, { ...message, content: text, internal })
  },

  async postFile({ name, read, ...message }) {
    const { session, key, origin } = message
    if (await deps.log.find(session, key)) return
    const by = arrivedFrom(origin)
    const bytes = await read(deps.limits.maxFileSize)
    const { id } = await deps.files.takeIn({ name, bytes }, { session, by })
    const withFile = { ...message, content: '', internal: false }
    await postFile(deps, withFile, { id, by }, (complete) => postMessage(deps, complete))
  },
})
