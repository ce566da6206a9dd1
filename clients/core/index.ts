/** What `@deskbridge/client` offers. */
export type {
  HistoryPage,
  Message,
  SenderType,
  SessionInfo,
  SessionStatus,
  StartedSession,
  StartSessionInput,
} from '../../src/contract/chat.ts'
export type { ErrorBody, ErrorCode } from '../../src/contract/errors.ts'
export type { UploadedFile } from '../../src/contract/file.ts'
export { sizeText } from '../../src/contract/file-text.ts'
export type { ClientEvent, ServerToClient } from '../../src/contract/socket.ts'
export type { TranscriptFormat } from '../../src/contract/transcript.ts'
export {
  type ChatClient,
  type ChatState,
  type ClientDeps,
  type ConnectionState,
  createChatClient,
  type EarlierChat,
  type Facts,
} from './client.ts'
export { type Conversation, emptyConversation } from './conversation/conversation.ts'
export { createDeskbridge, type DeskbridgeOptions, type Visitor } from './create-deskbridge.ts'
export type { Uploading } from './files/uploads.ts'
export { createSocketTransport } from './line/socket-transport.ts'
export {
  type Answer,
  type HttpCall,
  type Line,
  type Refusal,
  Refused,
  type ServerEvent,
  type Transport,
  type Upload,
} from './line/transport.ts'
export { type Entry, entriesOf, idOf, unreadIn } from './outbox/entries.ts'
export type { Pending } from './outbox/outbox.ts'
export { openStorage } from './platform/browser-storage.ts'
export { newId } from './platform/new-id.ts'
export { createMemoryStorage, type Storage } from './platform/storage.ts'
export { browserTabs, oneTab, type Tabs } from './visit/tabs.ts'
