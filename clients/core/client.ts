import type { StartSessionInput } from '../../src/contract/chat.ts'
import { type Chat, createChat, type End } from './chat.ts'
import { type Conversation, emptyConversation } from './conversation.ts'
import { createOutbox, type Pending, type Storage } from './outbox.ts'
import { createRetry } from './retry.ts'
import type { Transport } from './transport.ts'

export type ConnectionState = 'idle' | 'connecting' | 'online' | 'offline'

/** All that a face of the chat shows. */
export interface ChatState {
  connection: ConnectionState
  sessionId: string | null
  conversation: Conversation
  pending: readonly Pending[]
  /** Name of the agent who is typing. */
  typing: string | null
}

export interface ChatClient {
  state(): ChatState
  subscribe(listener: (state: ChatState) => void): () => void
  /** Goes on with the chat that was saved, if there is one. */
  resume(): void
  send(content: string): void
  retry(clientMessageId: string): void
  discard(clientMessageId: string): void
  typing(): void
  read(): void
  close(): Promise<void>
  stop(): void
}

interface Saved {
  sessionId: string
  token: string
}

export interface ClientDeps {
  transport: Transport
  storage: Storage
  /** Apart from other inboxes on the same site. */
  storageKey: string
  about(): StartSessionInput
  newId(): string
  now(): number
  later(task: () => void, ms: number): void
  /** From 0 to 1. */
  random?(): number
}

/** A visitor's chat without a face. It begins with their first message, and one that cannot go on is followed by another. */
export function createChatClient(deps: ClientDeps): ChatClient {
  const { transport, storage, storageKey, random = Math.random } = deps
  const listeners = new Set<(state: ChatState) => void>()
  const retry = createRetry({ later: deps.later, random })
  let waiting: 'idle' | 'connecting' | 'offline' = 'idle'
  let saved: Saved | null = null
  /** Of a chat that is over: proves to the next one who writes. */
  let earlier: string | undefined
  let chat: Chat | null = null
  let starting = false
  let stopped = false

  const state = (): ChatState => {
    const view = chat?.state()
    return {
      connection: view?.connection ?? waiting,
      sessionId: saved?.sessionId ?? null,
      conversation: view?.conversation ?? emptyConversation,
      pending: outbox.list(),
      typing: view?.typing?.name ?? null,
    }
  }
  const changed = () => {
    for (const listener of listeners) listener(state())
  }
  const outbox = createOutbox({ storage, key: `${storageKey}:outbox`, newId: deps.newId, now: deps.now, changed })

  const wait = (how: typeof waiting) => {
    waiting = how
    changed()
  }

  const open = ({ sessionId, token }: Saved) => {
    if (chat || stopped) return
    const line = transport.connect(token)
    chat = createChat({ line, sessionId, side: 'visitor', outbox, retry, now: deps.now, changed, ended })
    changed()
  }

  /** What is still in the outbox goes into a new one, of the same visitor if this one was merely over. */
  const ended = (how: End) => {
    earlier = how === 'over' ? saved?.token : undefined
    chat?.close()
    chat = null
    saved = null
    storage.removeItem(storageKey)
    wait('idle')
    if (outbox.next()) void start()
  }

  const start = async () => {
    if (saved || starting || stopped) return
    starting = true
    wait('connecting')
    const started = await transport.start(deps.about(), earlier).catch(() => null)
    starting = false
    if (!started) {
      wait('offline')
      return retry.again(start)
    }
    saved = { sessionId: started.sessionId, token: started.token }
    storage.setItem(storageKey, JSON.stringify(saved))
    open(saved)
  }

  return {
    state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    resume() {
      saved = readSaved(storage.getItem(storageKey))
      if (saved) open(saved)
      else if (outbox.next()) void start()
    },
    send(content) {
      if (content.trim() === '') return
      outbox.add(content)
      if (chat) chat.flush()
      else void start()
    },
    retry(id) {
      outbox.retry(id)
      chat?.flush()
    },
    discard: outbox.remove,
    typing: () => chat?.type(),
    read: () => chat?.read(),
    async close() {
      await chat?.ask('close_chat')
    },
    stop() {
      stopped = true
      retry.stop()
      chat?.close()
    },
  }
}

function readSaved(text: string | null): Saved | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    if (typeof value !== 'object' || value === null || !('sessionId' in value) || !('token' in value)) return null
    const { sessionId, token } = value
    return typeof sessionId === 'string' && typeof token === 'string' ? { sessionId, token } : null
  } catch {
    return null
  }
}
