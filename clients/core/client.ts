import type { StartSessionInput } from '../../src/contract/chat.ts'
import type { Frame } from '../../src/contract/socket.ts'
import { type Conversation, emptyConversation, gap, withFrame, withInfo, withPage } from './conversation.ts'
import { createOutbox, type Pending, type Storage } from './outbox.ts'
import type { Line, Transport } from './transport.ts'

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

/** Answers after which the same message will never be taken. */
const permanent = new Set(['invalid_input', 'message_too_long', 'key_conflict', 'forbidden', 'body_too_large'])
const typingEveryMs = 2_000
const firstRetryMs = 500
const mostRetryMs = 15_000

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

/** The chat without a face: an outbox that loses nothing and a conversation without gaps or repeats. */
export function createChatClient(deps: ClientDeps): ChatClient {
  const { transport, storage, storageKey, random = Math.random } = deps
  const listeners = new Set<(state: ChatState) => void>()
  let conversation = emptyConversation
  let connection: ConnectionState = 'idle'
  let typing: string | null = null
  let saved: Saved | null = null
  /** Of a chat that is over: proves to the next one who writes. */
  let earlier: string | undefined
  let line: Line | null = null
  let sending = false
  let starting = false
  let joining = false
  let missedWhileJoining = false
  let isUp = false
  let failures = 0
  let typedAt = 0
  let readSeq = 0
  let stopped = false

  const state = (): ChatState => ({
    connection,
    sessionId: saved?.sessionId ?? null,
    conversation,
    pending: outbox.list(),
    typing,
  })
  const changed = () => {
    for (const listener of listeners) listener(state())
  }
  const outbox = createOutbox({ storage, key: `${storageKey}:outbox`, newId: deps.newId, now: deps.now, changed })

  const become = (next: ConnectionState) => {
    connection = next
    changed()
  }

  const takeFrame = (frame: Frame) => {
    const next = withFrame(conversation, frame)
    if (next === gap) return void join()
    conversation = next
    if (frame.event === 'new_message') {
      typing = null
      if (frame.data.clientMessageId) outbox.remove(frame.data.clientMessageId)
    }
    changed()
  }

  /** Also how a gap is closed: the server goes on from the position that we name. */
  const join = async () => {
    if (joining) missedWhileJoining = true
    if (!line || !saved || joining) return
    joining = true
    missedWhileJoining = false
    const { cursor, epoch } = conversation
    const position = cursor === null || epoch === null ? {} : { afterSeq: cursor, epoch }
    const asked = line
    const answer = await asked.ask('join_chat', { sessionId: saved.sessionId, ...position }).catch(() => null)
    joining = false
    if (!answer) return isUp && line === asked ? again(join) : undefined
    if (!answer.ok) return answer.error.code === 'not_found' ? forget() : again(join)
    failures = 0
    become('online')
    if (missedWhileJoining) await join()
    void flush()
  }

  const open = () => {
    if (!saved || line || stopped) return
    become('connecting')
    const opened = transport.connect(saved.token)
    line = opened
    opened.onUp(() => {
      isUp = true
      void join()
    })
    opened.onDown((refused) => {
      isUp = false
      typing = null
      if (refused) forget()
      else become('offline')
    })
    opened.on('session_info', (info) => {
      conversation = withInfo(conversation, info)
      changed()
    })
    opened.on('chat_history', (page) => {
      conversation = withPage(conversation, page)
      for (const message of page.messages) if (message.clientMessageId) outbox.remove(message.clientMessageId)
      changed()
    })
    opened.on('new_message', (data) => takeFrame({ event: 'new_message', data }))
    opened.on('message_updated', (data) => takeFrame({ event: 'message_updated', data }))
    opened.on('message_deleted', (data) => takeFrame({ event: 'message_deleted', data }))
    opened.on('message_read', (data) => takeFrame({ event: 'message_read', data }))
    opened.on('message_delivered', (data) => takeFrame({ event: 'message_delivered', data }))
    opened.on('agent_joined', (data) => takeFrame({ event: 'agent_joined', data }))
    opened.on('agent_left', (data) => ('seq' in data ? takeFrame({ event: 'agent_left', data }) : undefined))
    opened.on('session_updated', (data) => takeFrame({ event: 'session_updated', data }))
    opened.on('user_typing', (who) => {
      if (who.userType !== 'agent') return
      typing = who.isTyping ? (who.name ?? '') : null
      changed()
    })
  }

  /** The saved chat is gone; what is still in the outbox goes into a new one. */
  const forget = () => {
    earlier = undefined
    end()
  }

  const leave = () => {
    earlier = saved?.token
    end()
  }

  const end = () => {
    line?.close()
    line = null
    saved = null
    storage.removeItem(storageKey)
    conversation = emptyConversation
    become('idle')
    if (outbox.next()) void start()
  }

  const start = async () => {
    if (saved || starting || stopped) return
    starting = true
    become('connecting')
    const started = await transport.start(deps.about(), earlier).catch(() => null)
    starting = false
    if (!started) {
      become('offline')
      return again(start)
    }
    saved = { sessionId: started.sessionId, token: started.token }
    storage.setItem(storageKey, JSON.stringify(saved))
    open()
  }

  const again = (task: () => Promise<void>, afterMs = 0) => {
    failures += 1
    const backoff = Math.min(mostRetryMs, firstRetryMs * 2 ** Math.min(failures - 1, 10))
    // Later than it must be by up to half: others were told the same at the same moment.
    if (!stopped) deps.later(() => void task(), (afterMs || backoff) * (1 + random() / 2))
  }

  /** One at a time, the oldest first: the order in which they were written is the order in which they are stored. */
  const flush = async () => {
    if (sending) return
    sending = true
    while (line && saved && connection === 'online') {
      const next = outbox.next()
      if (!next) break
      const { clientMessageId, content } = next
      const answer = await line
        .ask('send_message', { sessionId: saved.sessionId, messageType: 'text', content, clientMessageId })
        .catch(() => null)
      if (answer?.ok) {
        failures = 0
        continueWithout(clientMessageId)
        continue
      }
      if (answer && permanent.has(answer.error.code)) {
        outbox.fail(clientMessageId, answer.error.message)
        continue
      }
      sending = false
      if (answer?.error.code === 'not_joined') return void join()
      // Too late to reopen it: what waits goes into a new chat of the same visitor.
      if (answer?.error.code === 'session_closed') return leave()
      return again(flush, answer?.error.retryAfterMs)
    }
    sending = false
  }

  /** Stored; it is shown as pending until its frame is here, which pulls if it does not come. */
  const continueWithout = (clientMessageId: string) => {
    const isShown = conversation.messages.some((message) => message.clientMessageId === clientMessageId)
    outbox.remove(clientMessageId)
    if (!isShown) void join()
  }

  return {
    state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    resume() {
      saved = readSaved(storage.getItem(storageKey))
      if (saved) open()
      else if (outbox.next()) void start()
    },
    send(content) {
      if (content.trim() === '') return
      outbox.add(content)
      if (saved) void flush()
      else void start()
    },
    retry(id) {
      outbox.retry(id)
      void flush()
    },
    discard: outbox.remove,
    typing() {
      if (!line || !saved || connection !== 'online' || deps.now() - typedAt < typingEveryMs) return
      typedAt = deps.now()
      void line.ask('typing', { sessionId: saved.sessionId, isTyping: true }).catch(() => {})
    },
    read() {
      const last = conversation.messages.findLast((message) => message.senderType === 'agent')
      if (!line || !saved || !last || last.seq <= readSeq || connection !== 'online') return
      readSeq = last.seq
      void line.ask('message_read', { sessionId: saved.sessionId, messageId: last.id }).catch(() => {})
    },
    async close() {
      if (line && saved) await line.ask('close_chat', { sessionId: saved.sessionId }).catch(() => {})
    },
    stop() {
      stopped = true
      line?.close()
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
