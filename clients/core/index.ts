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
export { openStorage } from './browser-storage.ts'
export {
  type ChatClient,
  type ChatState,
  type ClientDeps,
  type ConnectionState,
  createChatClient,
  type EarlierChat,
  type Facts,
} from './client.ts'
export { type Conversation, emptyConversation } from './conversation.ts'
export { createDeskbridge, type DeskbridgeOptions, type Visitor } from './create-deskbridge.ts'
export { type Entry, entriesOf, idOf, unreadIn } from './entries.ts'
export { newId } from './new-id.ts'
export type { Pending } from './outbox.ts'
export { createSocketTransport } from './socket-transport.ts'
export { createMemoryStorage, type Storage } from './storage.ts'
export { browserTabs, oneTab, type Tabs } from './tabs.ts'
export {
  type Answer,
  type HttpCall,
  type Line,
  type Refusal,
  Refused,
  type ServerEvent,
  type Transport,
  type Upload,
} from './transport.ts'
export type { Uploading } from './uploads.ts'
