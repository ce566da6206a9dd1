import { blockModel } from './abuse/blocks.ts'
import { agentModel } from './agents/agents.ts'
import { shortcutModel } from './canned/claim-shortcut.ts'
import { cannedModel } from './canned/stored.ts'
import { fileModel } from './files/records.ts'
import { identityKeyModel } from './identity/identity-keys.ts'
import { knownVisitorModel } from './identity/known-visitors.ts'
import { inboxModel } from './inboxes/inboxes.ts'
import { siteSeenModel } from './inboxes/sites-seen.ts'
import { chatListModel } from './lists/list-chats.ts'
import { mailModel } from './mail/mails.ts'
import { messageModel } from './messages/project-messages.ts'
import { pictureModel, pictureSourceModel } from './pictures/stored.ts'
import { erasureModel } from './privacy/erasures.ts'
import { keptChatModel } from './privacy/find-chats.ts'
import { visitorSearchModel } from './search/routes.ts'
import { sessionListModel } from './sessions/find-sessions.ts'
import { missedModel } from './visitor-left/part.ts'

/** Every collection of the chat, with its indexes. */
export const chatModels = [
  erasureModel,
  keptChatModel,
  visitorSearchModel,
  missedModel,
  mailModel,
  messageModel,
  agentModel,
  identityKeyModel,
  knownVisitorModel,
  cannedModel,
  shortcutModel,
  sessionListModel,
  chatListModel,
  inboxModel,
  siteSeenModel,
  blockModel,
  fileModel,
  pictureModel,
  pictureSourceModel,
]
