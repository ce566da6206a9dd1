import type { HistoryPage, SessionInfo, StartSessionInput } from '../../src/contract/chat.ts'
import type { ErrorBody } from '../../src/contract/errors.ts'
import type { UpdateVisitor } from '../../src/contract/identity.ts'
import type { TranscriptFormat } from '../../src/contract/transcript.ts'
import { type Chat, type ChatView, createChat, type End } from './chat.ts'
import { type Conversation, emptyConversation } from './conversation.ts'
import { createOutbox, type Pending } from './outbox.ts'
import { createRetry } from './retry.ts'
import type { Storage } from './storage.ts'
import type { Tabs } from './tabs.ts'
import type { Answer, Transport } from './transport.ts'
import { createUploads, type Uploading } from './uploads.ts'
import { createVisit, type Saved } from './visit.ts'

/** `refused`: the server begins no chat like this; `refusal` says why. */
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

export type Facts = Omit<UpdateVisitor, 'sessionId'>

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
  storage: Storage
  /** Apart from other inboxes on the same site. */
  storageKey: string
  tabs: Tabs
  about(): StartSessionInput
  newId(): string
  now(): number
  later(task: () => void, ms: number): void
  /** From 0 to 1. */
  random?(): number
}

/** What another tab has written, this one sends if it is still there by then. ms */
const leftToOthers = 5_000

/** It begins with the visitor's first message, and one that cannot go on is followed by another. */
export function createChatClient(deps: ClientDeps): ChatClient {
  const { transport, storage, storageKey, tabs, newId, now, later, random = Math.random } = deps
  const listeners = new Set<(state: ChatState) => void>()
  const retry = createRetry({ later, random })
  const retryUpload = createRetry({ later, random })
  let waiting: Exclude<ConnectionState, 'online'> = 'idle'
  let refusal: ErrorBody | null = null
  let chat: Chat | null = null
  let stopped = false
  /** Said before there was a chat. */
  let said: StartSessionInput = {}

  const state = (): ChatState => {
    const view = chat?.state()
    return {
      connection: view?.connection ?? waiting,
      refusal,
      sessionId: visit.saved()?.sessionId ?? null,
      conversation: view?.conversation ?? emptyConversation,
      pending: outbox.list(),
      uploads: uploads.list(),
      typing: view?.typing?.name ?? null,
      queue: view?.conversation.status === 'queued' ? view.queue : null,
    }
  }
  const changed = () => {
    for (const listener of listeners) listener(state())
  }
  const wait = (how: typeof waiting, why: ErrorBody | null = null) => {
    waiting = how
    refusal = why
    changed()
  }

  const outbox = createOutbox({ storage, key: `${storageKey}:outbox`, newId, now, changed })
  const uploads = createUploads({
    ...{ newId, now, changed, retry: retryUpload },
    async upload(upload) {
      const token = visit.saved()?.token
      if (token === undefined) throw new Error('the chat has not begun')
      return transport.upload({ ...upload, token })
    },
    done(upload, file) {
      outbox.add(upload.caption, { file, writtenAt: upload.writtenAt })
      chat?.flush()
    },
  })
  const visit = createVisit({
    ...{ transport, storage, tabs, retry, now, key: storageKey },
    about: () => ({ ...deps.about(), ...said }),
    changed: (how) => (typeof how === 'string' ? wait(how) : wait('refused', how.refusal)),
    begun(saved) {
      said = {}
      open(saved)
    },
  })

  const token = () => visit.saved()?.token ?? ''
  const call = <T>(method: 'GET' | 'POST', path: string, body?: object) =>
    transport.call<T>({ method, path, token: token(), ...(body && { body }) }).catch(() => null)

  const open = ({ sessionId }: Saved) => {
    if (chat || stopped) return
    refusal = null
    const line = transport.connect(token)
    const page = async (before: number) => {
      const answer = await call<HistoryPage>('GET', `/sessions/${sessionId}/messages?before=${before}`)
      return answer?.ok ? answer : null
    }
    chat = createChat({ line, sessionId, side: 'visitor', outbox, retry, page, now, changed, ended })
    void visit.renew()
    changed()
  }
  const leave = () => {
    chat?.close()
    chat = null
  }

  /** What is still in the outbox goes into a new one, of the same visitor if this one was merely over. */
  const ended = (how: End) => {
    leave()
    visit.forget({ earlier: how === 'over' })
    wait('idle')
    if (outbox.next()) void visit.begin()
  }

  const goOn = () => {
    const saved = visit.saved()
    if (stopped) return
    if (saved) open(saved)
    else if (outbox.next() || uploads.list().length > 0) void visit.begin()
  }
  const flush = () => (chat ? chat.flush() : goOn())

  const unlisten = tabs.onChange(() => {
    const before = visit.saved()?.sessionId
    visit.reread()
    outbox.refresh()
    if (visit.saved()?.sessionId !== before) leave()
    const saved = visit.saved()
    if (saved) open(saved)
    if (outbox.next()) later(() => !stopped && flush(), leftToOthers)
  })

  const tell = (event: 'identify' | 'update_visitor', payload: object) => chat?.ask(event, payload) ?? null

  return {
    state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    resume() {
      visit.reread()
      goOn()
    },
    send(content) {
      if (content.trim() === '') return
      outbox.add(content)
      flush()
    },
    sendFile(file, name, caption = '') {
      uploads.add(file, name, caption)
      goOn()
    },
    retry(id) {
      if (uploads.list().some((one) => one.id === id)) return uploads.retry(id)
      outbox.retry(id)
      flush()
    },
    discard(id) {
      uploads.cancel(id)
      outbox.remove(id)
    },
    edit: async (messageId, content) => chat?.ask('edit_message', { messageId, content }) ?? null,
    delete: async (messageId) => chat?.ask('delete_message', { messageId }) ?? null,
    typing: () => chat?.type(),
    read: () => chat?.read(),
    older: async () => chat?.older(),
    update(facts) {
      if (chat) return void tell('update_visitor', facts)
      const { page: _page, phone: _phone, ...known } = facts
      said = { ...said, ...known, attributes: { ...said.attributes, ...facts.attributes } }
      if (waiting === 'refused') void visit.begin()
    },
    identify(identityToken) {
      if (!chat) said = { ...said, identityToken }
      if (waiting === 'refused') void visit.begin()
      void tell('identify', { identityToken })?.then((answer) => {
        if (answer?.ok && typeof answer.token === 'string') visit.keepToken(answer.token)
      })
    },
    answerChallenge(challengeAnswer) {
      said = { ...said, challengeAnswer }
      void visit.begin()
    },
    rate: async (score, comment) => chat?.ask('rate_chat', { score, ...(comment && { comment }) }) ?? null,
    async earlierChats() {
      const answer = await call<{ sessions: EarlierChat[] }>('GET', '/visitors/me/sessions')
      return answer?.ok ? answer.sessions : []
    },
    async open(sessionId) {
      const answer = await call<{ token: string }>('POST', `/sessions/${sessionId}/token`, {})
      if (!answer?.ok) return false
      leave()
      visit.move({ sessionId, token: answer.token, at: now() })
      goOn()
      changed()
      return true
    },
    startAnew() {
      leave()
      visit.forget({ earlier: true })
      wait('idle')
    },
    async transcript(format) {
      const path = `/sessions/${state().sessionId}/transcript?format=${format}`
      return transport.text({ method: 'GET', path, token: token() }).catch(() => null)
    },
    mailTranscript: (to) => call('POST', `/sessions/${state().sessionId}/transcript/email`, { to }),
    async close() {
      await chat?.ask('close_chat')
    },
    stop() {
      stopped = true
      retry.stop()
      uploads.stop()
      unlisten()
      leave()
    },
  }
}
