import type { SessionInfo, StartSessionInput } from '../../src/contract/chat.ts'
import type { ErrorBody } from '../../src/contract/errors.ts'
import type { TranscriptFormat } from '../../src/contract/transcript.ts'
import type { ChatView } from './conversation/chat.ts'
import type { Conversation } from './conversation/conversation.ts'
import type { Uploading } from './files/uploads.ts'
import type { Answer, Transport } from './line/transport.ts'
import type { Pending } from './outbox/outbox.ts'
import type { Storage } from './platform/storage.ts'
import type { Facts } from './visit/facts.ts'
import type { Tabs } from './visit/tabs.ts'

/** `refused`: the server begins no chat like this; `refusal` says why. One that is `offline` with a refusal, it begins later. */
export type ConnectionState = 'idle' | 'connecting' | 'online' | 'offline' | 'refused'

/** All that a face of the chat shows. */
export interface ChatState {
  connection: ConnectionState
  refusal: ErrorBody | null
  sessionId: string | null
  conversation: Conversation
  pending: readonly Pending[]
  uploads: readonly Uploading[]
  /** Name of the agent who is typing; empty where it is not known. */
  typing: string | null
  /** While the visitor waits. */
  queue: ChatView['queue']
}

/** One chat that the visitor had before. */
export type EarlierChat = Pick<SessionInfo, 'sessionId' | 'status' | 'createdAt' | 'agents'>

/** A visitor's chat without a face. All that is asked of it may be asked at any time, with or without a connection. */
export interface ChatClient {
  state(): ChatState
  /** Answers how to end it. */
  subscribe(listener: (state: ChatState) => void): () => void
  /** Goes on with the chat that was saved, if there is one. */
  resume(): void
  send(content: string): void
  /** It becomes a message once it is up. */
  sendFile(file: Blob, name: string, caption?: string): void
  /** A message or a file that was refused is tried again. */
  retry(id: string): void
  /** A message or a file that is on its way is taken back. */
  discard(id: string): void
  edit(messageId: string, content: string): Promise<Answer | null>
  delete(messageId: string): Promise<Answer | null>
  typing(): void
  /** Everything that is here was seen. */
  read(): void
  older(): Promise<void>
  /** Says more of the visitor, now or once the chat begins. */
  update(facts: Facts): void
  /** A token of the site's own backend says who the visitor is. */
  identify(identityToken: string): void
  /** What the challenge gave, after the refusal `challenge_required`. */
  answerChallenge(answer: string): void
  rate(score: number, comment?: string): Promise<Answer | null>
  earlierChats(): Promise<readonly EarlierChat[]>
  /** Leaves this chat for an earlier one. */
  open(sessionId: string): Promise<boolean>
  /** The next message begins another chat. */
  startAnew(): void
  transcript(format: TranscriptFormat): Promise<string | null>
  mailTranscript(to: string): Promise<Answer | null>
  close(): Promise<void>
  stop(): void
}

export interface ClientDeps {
  transport: Transport
  /** Takes what it is given: `withSpare`. */
  storage: Storage
  /** Apart from other inboxes on the same site. */
  storageKey: string
  tabs: Tabs
  about(): StartSessionInput
  /** 20 characters or more that nobody can guess. */
  newId(): string
  now(): number
  later(task: () => void, ms: number): void
  /** From 0 to 1. */
  random?(): number
}
