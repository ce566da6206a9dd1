import type { HistoryPage } from '../../../src/contract/chat.ts'
import type { ClientEvent, Frame } from '../../../src/contract/socket.ts'
import type { Retry } from '../line/retry.ts'
import type { Answer, Line, Refusal } from '../line/transport.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { createSending } from '../outbox/sending.ts'
import { type Clock, createClock } from '../platform/clock.ts'
import { deferred } from '../platform/deferred.ts'
import { type Conversation, emptyConversation, gap, withFrame, withInfo, withOlder, withPage } from './conversation.ts'
import { createReceipts } from './receipts.ts'
import { createTypist, type Typing } from './typist.ts'

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
  typing: Typing | null
  /** To agents; null while nobody knows. */
  isVisitorHere: boolean | null
  /** To agents: who of the team looks at it, as far as anybody knows. */
  agentsHere: readonly { id: string; name: string }[]
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
  /** By this machine's clock. ms */
  now(): number
  later(task: () => void, ms: number): void
  /** Learns how wrong this machine's clock is. */
  clock?: Clock
  changed(): void
  /** It is online, again or for the first time. */
  joined?(): void
  ended(how: End): void
}

const typingEveryMs = 2_000
/** As long as an answer may take. ms */
const onlineWithinMs = 8_000
/** Until another of this visitor's tabs has told the token that opens the chat from now on. ms */
const tokenWithinMs = 3_000

export function createChat(deps: ChatDeps): Chat {
  const { line, sessionId, side, outbox, retry, later } = deps
  let view: ChatView = {
    ...{ connection: 'connecting', conversation: emptyConversation, typing: null },
    ...{ isVisitorHere: null, agentsHere: [], queue: null },
  }
  let isUp = false
  let isClosed = false
  let joining = false
  let missedWhileJoining = false
  let typedAt = 0
  const waiting: (() => void)[] = []

  const show = (change: Partial<ChatView>) => {
    if (isClosed) return
    view = { ...view, ...change }
    deps.changed()
  }
  const end = (how: End) => {
    if (isClosed) return
    isClosed = true
    sending.close()
    deps.ended(how)
  }
  const isOnline = () => !isClosed && view.connection === 'online'

  /** Also how a gap is closed: the server goes on from the position that we name. */
  const join = async () => {
    if (joining) missedWhileJoining = true
    if (joining || isClosed || !isUp) return
    joining = true
    missedWhileJoining = false
    const { cursor, epoch } = view.conversation
    const position = cursor === null || epoch === null ? {} : { afterSeq: cursor, epoch }
    const answer = await line.ask('join_chat', { sessionId, ...position }).catch(() => null)
    joining = false
    if (isClosed || !isUp) return
    if (!answer?.ok) return joinAgain(answer)
    retry.worked()
    show({ connection: 'online' })
    for (const resolve of waiting.splice(0)) resolve()
    deps.joined?.()
    if (missedWhileJoining) await join()
    void receipts.say()
    void sending.flush()
  }
  const joinAgain = (refusal: Refusal | null) => {
    if (refusal?.error.code === 'not_found') return end('gone')
    retry.again(join, refusal?.error.retryAfterMs)
  }

  const sending = createSending({
    ...{ line, sessionId, outbox, later, isOnline, now: deps.now },
    clock: deps.clock ?? createClock(deps.now),
    isShown: ({ id, clientMessageId }) =>
      view.conversation.messages.some((one) => one.id === id || one.clientMessageId === clientMessageId),
    missed: () => void join(),
    worked: retry.worked,
    failed(refusal) {
      if (isClosed) return
      if (refusal?.error.code === 'session_closed') return end('over')
      // The way in knows what is wrong, and sends what waits afterwards.
      const isOut = refusal?.error.code === 'not_joined' || refusal?.error.code === 'not_found'
      retry.again(isOut ? join : sending.flush, refusal?.error.retryAfterMs)
    },
  })

  const ask: Chat['ask'] = async (event, payload) => {
    if (!isOnline() && !(await online())) return null
    return line.ask(event, { ...payload, sessionId }).catch(() => null)
  }
  /** A line keeps what it is asked while it is down, and asks it before the chat was joined. */
  const online = () => {
    const { promise, resolve } = deferred<boolean>()
    waiting.push(() => resolve(!isClosed))
    later(() => resolve(false), onlineWithinMs)
    return promise
  }

  const receipts = createReceipts({
    isOnline,
    tell: (messageId) => line.ask('message_read', { sessionId, messageId }).catch(() => null),
  })

  /** What has changed of messages that may be on their way here. */
  let changes: Frame[] | null = null
  const older = async () => {
    const first = view.conversation.messages[0]
    if (!first || !view.conversation.hasOlder || changes) return
    changes = []
    const page = await deps.page(first.seq).catch(() => null)
    const since = changes
    changes = null
    if (page && page.epoch === view.conversation.epoch)
      show({ conversation: withOlder(view.conversation, page, since) })
  }

  const typist = createTypist({ later, show: (typing) => show({ typing }) })

  const takeFrame = (frame: Frame) => {
    const next = withFrame(view.conversation, frame)
    if (next === gap) return void join()
    if (next !== view.conversation) changes?.push(frame)
    show({ conversation: next })
    if (frame.event !== 'new_message') return
    typist.wrote(frame.data.senderId)
    sending.shown([frame.data])
  }

  line.onUp(() => {
    isUp = true
    void join()
  })
  line.onDown((refused) => {
    isUp = false
    if (isClosed) return
    if (refused) return end('refused')
    typist.forget()
    show({ connection: 'offline', isVisitorHere: null })
  })
  line.on('session_info', (info) => show({ conversation: withInfo(view.conversation, info) }))
  line.on('chat_history', (page) => {
    show({ conversation: withPage(view.conversation, page) })
    sending.shown(page.messages)
  })
  onFrames(line, (frame) => isClosed || takeFrame(frame))
  line.on('user_typing', (told) => (side !== 'agent' && told.userType !== 'agent' ? undefined : typist.told(told)))
  line.on('queue_position', ({ position, waitMs }) => show({ queue: { position, waitMs } }))
  line.on('user_connected', () => show({ isVisitorHere: true }))
  line.on('user_disconnected', () => show({ isVisitorHere: false }))
  line.on('access_ended', () => later(() => end('gone'), tokenWithinMs))
  line.on('agents_here', ({ agents }) => show({ agentsHere: agents }))

  return {
    state: () => view,
    flush: () => void sending.flush(),
    type() {
      if (!isOnline() || deps.now() - typedAt < typingEveryMs) return
      typedAt = deps.now()
      void line.ask('typing', { sessionId, isTyping: true }).catch(() => {})
    },
    read() {
      const { messages, readUpTo } = view.conversation
      const last = messages.findLast(({ senderType }) => senderType !== side && senderType !== 'system')
      if (last && !(side === 'visitor' && last.seq <= readUpTo.visitor)) receipts.seen(last)
    },
    ask,
    older,
    close() {
      isClosed = true
      sending.close()
      for (const resolve of waiting.splice(0)) resolve()
      line.close()
    },
  }
}
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
