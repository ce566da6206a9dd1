import type { Conversation } from '../bridge/conversation.ts'
import { DeskbridgeError } from '../contract/errors.ts'
import type { SessionId } from '../contract/ids.ts'
import { type WhoIsDeps, whoIs } from './agents/who-is.ts'
import type { ChatDeps } from './chat.ts'
import { takeInArrived } from './files/take-in-arrived.ts'
import type { MessageStore } from './messages/message-store.ts'
import { postFile } from './messages/post-file.ts'
import { postMessage } from './messages/post-message.ts'
import { reviseArrived } from './messages/revise-message.ts'
import { mailsItself } from './sessions/fold-missed.ts'
import { type ReachDeps, reach } from './visitor-left/reach.ts'

interface Deps extends WhoIsDeps, ReachDeps, Pick<ChatDeps, 'limits' | 'files'> {
  messages: MessageStore
}

/** What arrives from Slack or Zendesk is a message like any other. */
export const createConversation = (deps: Deps): Conversation => ({
  whoIs: (author, where) => whoIs(deps, author, where),

  async post({ text, internal = false, ...message }) {
    const isNote = internal || (await isLeftToMail(deps, message))
    await postMessage(deps, { ...message, content: text, internal: isNote })
  },

  async linkTicket({ session, key, origin, id, url }) {
    const actor = { kind: 'system', rule: 'ticket-linked' } as const
    const body = { system: origin, id, url }
    const linked = { append: { type: 'ticket_linked', actor, origin, body } } as const
    const refused = { refuse: new DeskbridgeError('not_found') }
    await deps.log.append({ session, key, decide: (state) => (state ? linked : refused) })
  },

  async postFile({ name, read, internal = false, ...message }) {
    const { session, key } = message
    if (await deps.log.find(session, key)) return
    const taken = await takeInArrived(deps, { name, read }, message)
    const isNote = internal || (await isLeftToMail(deps, message))
    const withFile = { ...message, content: '', internal: isNote }
    await postFile(deps, withFile, taken, (complete) => postMessage(deps, complete))
  },

  async standing(session, key) {
    const event = await deps.log.find(session, key)
    if (event?.type !== 'message') return null
    const message = await deps.messages.get(session, event._id)
    return { internal: event.body.internal, deleted: message?.deleted ?? event.erased ?? false }
  },

  reach: (session) => reach(deps, session),
  revise: (message) => reviseArrived(deps, message),
  remove: (message) => reviseArrived(deps, { ...message, text: null }),
})

/**
 * What is written in the ticket of a chat that is over, to a visitor who has gone, is mailed by Zendesk: in the chat it is a
 * note for the team. It would open the chat again for nobody, and be mailed once more when that times out.
 */
async function isLeftToMail(
  { log, presence }: Deps,
  { session, origin }: { session: SessionId; origin: string },
): Promise<boolean> {
  if (!mailsItself(origin)) return false
  const state = await log.state(session)
  if (state?.status !== 'closed' || !state.ticketMails) return false
  const [where] = await presence.whereabouts([`visitor:${session}`])
  return where?.kind === 'gone'
}
