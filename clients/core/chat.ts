import type { HistoryPage } from '../../src/contract/chat.ts'
import type { ClientEvent, Frame } from '../../src/contract/socket.ts'
import { type Conversation, emptyConversation, gap, withFrame, withInfo, withOlder, withPage } from './conversation.ts'
import type { Outbox, Pending } from './outbox.ts'
import type { Retry } from './retry.ts'
import type { Answer, Line } from './transport.ts'

/** `gone`: it is not there for us. `over`: it takes no more messages. `refused`: our token is not accepted any more. */
export type End = 'gone' | 'over' | 'refused'

/** One chat over one line: a conversation without gaps or repeats, and an outbox that loses nothing. */
export interface Chat {
  state(): ChatView
  /** There may be something to send. */
  flush(): void
  type(): void
  /** Says how far the other side has been read. */
  read(): void
  /** Null: no answer came, so that it may have been done. The session goes with it. */
  ask(event: ClientEvent, payload?: object): Promise<Answer | null>
  /** Gets what was before the first message that is here. */
  older(): Promise<void>
  close(): void
}

export interface ChatView {
  connection: 'connecting' | 'online' | 'offline'
  conversation: Conversation
  /** Of the others. */
  typing: { side: 'visitor' | 'agent'; name: string } | null
  /** To agents; null while nobody knows. */
  isVisitorHere: boolean | null
  /** To a visitor who waits; null while nobody knows. ms */
  queue: { position: number; waitMs: number | null } | null
}

interface ChatDeps {
  line: Line
  sessionId: string
  /** On which side we are. */
  side: 'visitor' | 'agent'
  outbox: Outbox
  retry: Retry
  /** The messages before a position; null: there is no answer. */
  page(before: number): Promise<HistoryPage | null>
  now(): number
  changed(): void
  ended(how: End): void
}

/** Answers after which the same message will never be taken. */
const permanent = new Set(['invalid_input', 'message_too_long', 'key_conflict', 'forbidden', 'body_too_large'])
const typingEveryMs = 2_000
/** Of one page, while the chat goes on. */
const mostReadings = 3

export function createChat(deps: ChatDeps): Chat {
  const { line, sessionId, side, outbox, retry } = deps
  let view: ChatView = {
    ...{ connection: 'connecting', conversation: emptyConversation, typing: null },
    ...{ isVisitorHere: null, queue: null },
  }
  let isUp = false
  let isClosed = false
  let sending = false
  let joining = false
  let missedWhileJoining = false
  let typedAt = 0
  let readSeq = 0

  const show = (change: Partial<ChatView>) => {
    view = { ...view, ...change }
    deps.changed()
  }
  const end = (how: End) => {
    isClosed = true
    deps.ended(how)
  }

  /** Also how a gap is closed: the server goes on from the position that we name. */
  const join = async () => {
    if (joining) missedWhileJoining = true
    if (joining || isClosed) return
    joining = true
    missedWhileJoining = false
    const { cursor, epoch } = view.conversation
    const position = cursor === null || epoch === null ? {} : { afterSeq: cursor, epoch }
    const answer = await line.ask('join_chat', { sessionId, ...position }).catch(() => null)
    joining = false
    if (isClosed) return
    if (!answer) return isUp ? retry.again(join) : undefined
    if (!answer.ok) return answer.error.code === 'not_found' ? end('gone') : retry.again(join)
    retry.worked()
    show({ connection: 'online' })
    if (missedWhileJoining) await join()
    void flush()
  }

  /** One at a time, the oldest first: the order in which they were written is the order in which they are stored. */
  const flush = async () => {
    if (sending) return
    sending = true
    let next = outbox.next()
    while (next && !isClosed && view.connection === 'online') {
      const answer = await line.ask('send_message', messageOf(sessionId, next)).catch(() => null)
      const isDone = answer !== null && taken(next.clientMessageId, answer)
      if (!isDone) {
        sending = false
        return sendAgain(answer)
      }
      next = outbox.next()
    }
    sending = false
  }

  /** Whether the outbox is done with it. */
  const taken = (id: string, answer: Answer): boolean => {
    if (!answer.ok) {
      if (!permanent.has(answer.error.code)) return false
      outbox.fail(id, answer.error.message)
      return true
    }
    retry.worked()
    const isShown = view.conversation.messages.some((message) => message.clientMessageId === id)
    outbox.remove(id)
    // Stored, and its frame has not come: it is pulled.
    if (!isShown) void join()
    return true
  }

  let isReadingBack = false
  const older = async () => {
    const first = view.conversation.messages[0]
    if (!first || !view.conversation.hasOlder || isReadingBack) return
    isReadingBack = true
    let page = await deps.page(first.seq).catch(() => null)
    // What changed in it meanwhile was told of messages that were not here.
    for (let tries = 0; page && tries < mostReadings && page.seq < (view.conversation.cursor ?? 0); tries += 1)
      page = await deps.page(first.seq).catch(() => null)
    isReadingBack = false
    if (page && !isClosed && page.epoch === view.conversation.epoch)
      show({ conversation: withOlder(view.conversation, page) })
  }

  const sendAgain = (answer: Answer | null) => {
    if (isClosed) return
    if (answer?.ok === false && answer.error.code === 'not_joined') return void join()
    if (answer?.ok === false && answer.error.code === 'session_closed') return end('over')
    retry.again(flush, answer?.ok === false ? answer.error.retryAfterMs : 0)
  }

  const takeFrame = (frame: Frame) => {
    const next = withFrame(view.conversation, frame)
    if (next === gap) return void join()
    if (frame.event !== 'new_message') return show({ conversation: next })
    if (frame.data.clientMessageId) outbox.remove(frame.data.clientMessageId)
    show({ conversation: next, typing: null })
  }

  line.onUp(() => {
    isUp = true
    void join()
  })
  line.onDown((refused) => {
    isUp = false
    if (refused) return end('refused')
    show({ connection: 'offline', typing: null, isVisitorHere: null })
  })
  line.on('session_info', (info) => show({ conversation: withInfo(view.conversation, info) }))
  line.on('chat_history', (page) => {
    for (const message of page.messages) if (message.clientMessageId) outbox.remove(message.clientMessageId)
    show({ conversation: withPage(view.conversation, page) })
  })
  onFrames(line, takeFrame)
  line.on('user_typing', ({ userType, name, isTyping }) => {
    if (side === 'agent' || userType === 'agent')
      show({ typing: isTyping ? { side: userType, name: name ?? '' } : null })
  })
  line.on('queue_position', ({ position, waitMs }) => show({ queue: { position, waitMs } }))
  line.on('user_connected', () => show({ isVisitorHere: true }))
  line.on('user_disconnected', () => show({ isVisitorHere: false }))

  return {
    state: () => view,
    flush: () => void flush(),
    type() {
      if (view.connection !== 'online' || deps.now() - typedAt < typingEveryMs) return
      typedAt = deps.now()
      void line.ask('typing', { sessionId, isTyping: true }).catch(() => {})
    },
    read() {
      const last = view.conversation.messages.findLast(
        ({ senderType }) => senderType !== side && senderType !== 'system',
      )
      if (!last || last.seq <= readSeq || view.connection !== 'online') return
      readSeq = last.seq
      void line.ask('message_read', { sessionId, messageId: last.id }).catch(() => {})
    },
    ask: (event, payload) => line.ask(event, { ...payload, sessionId }).catch(() => null),
    older,
    close() {
      isClosed = true
      line.close()
    },
  }
}

const messageOf = (sessionId: string, { clientMessageId, content, file, isNote }: Pending) => ({
  sessionId,
  messageType: file ? (file.type.startsWith('image/') ? 'image' : 'file') : 'text',
  content,
  clientMessageId,
  ...(file && { file: { fileId: file.fileId } }),
  ...(isNote && { isInternal: true }),
})

function onFrames(line: Line, take: (frame: Frame) => void): void {
  line.on('new_message', (data) => take({ event: 'new_message', data }))
  line.on('message_updated', (data) => take({ event: 'message_updated', data }))
  line.on('message_deleted', (data) => take({ event: 'message_deleted', data }))
  line.on('message_read', (data) => take({ event: 'message_read', data }))
  line.on('message_delivered', (data) => take({ event: 'message_delivered', data }))
  line.on('agent_joined', (data) => take({ event: 'agent_joined', data }))
  line.on('agent_left', (data) => ('seq' in data ? take({ event: 'agent_left', data }) : undefined))
  line.on('session_updated', (data) => take({ event: 'session_updated', data }))
}
