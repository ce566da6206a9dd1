import type { HistoryPage } from '../../src/contract/chat.ts'
import type { UploadedFile } from '../../src/contract/file.ts'
import { type ChatView, createChat, type End } from '../core/conversation/chat.ts'
import { createUploads, type Uploading } from '../core/files/uploads.ts'
import { createRetry } from '../core/line/retry.ts'
import type { Line, Refusal, Upload } from '../core/line/transport.ts'
import { createOutbox, type Pending } from '../core/outbox/outbox.ts'
import { createClock } from '../core/platform/clock.ts'
import { createListeners } from '../core/platform/listeners.ts'
import type { Storage } from '../core/platform/storage.ts'

/** `ended`: it is not there for this agent, or they have to sign in again. */
export interface AgentChatState extends ChatView {
  pending: readonly Pending[]
  uploads: readonly Uploading[]
  ended: End | null
}

/** What an agent has done in a chat besides writing. */
export type Act = 'take_chat' | 'release_chat' | 'close_chat' | 'transfer_chat' | 'edit_message' | 'delete_message'

/** One chat as the agent works in it. */
export interface AgentChat {
  state(): AgentChatState
  subscribe(listener: (state: AgentChatState) => void): () => void
  send(content: string, options: { isNote: boolean }): void
  /** It becomes a message once it is up. */
  sendFile(file: Blob, name: string, options: { isNote: boolean }): void
  /** A message or a file that was refused is tried again. */
  retry(id: string): void
  /** A message or a file that is on its way is taken back. */
  discard(id: string): void
  type(): void
  read(): void
  /** Gets what was before the first message that is here. */
  older(): Promise<void>
  /** What went wrong, for people; null: it is done. */
  act(what: Act, payload?: object): Promise<string | null>
  stop(): void
}

export interface AgentChatDeps {
  line: Line
  sessionId: string
  storage: Storage
  /** The messages before a position. */
  page(before: number): Promise<HistoryPage | null>
  /** Rejects when no answer came. */
  upload(upload: Omit<Upload, 'token'>): Promise<({ ok: true } & UploadedFile) | Refusal>
  newId(): string
  now(): number
  later(task: () => void, ms: number): void
  random(): number
}

export function createAgentChat(deps: AgentChatDeps): AgentChat {
  const { line, sessionId, storage, newId, now, later } = deps
  const listeners = createListeners<AgentChatState>()
  const clock = createClock(now)
  const retry = createRetry(deps)
  let ended: End | null = null

  const state = (): AgentChatState => ({
    ...chat.state(),
    pending: outbox.list(),
    uploads: uploads.list(),
    ended,
  })
  const changed = () => listeners.tell(state())
  const key = `deskbridge:${sessionId}:outbox`
  const outbox = createOutbox({ storage, key, newId, now: clock.stamp, changed })
  const uploads = createUploads({
    ...{ newId, now: clock.stamp, changed, retry: createRetry(deps) },
    isOpen: () => true,
    upload: ({ id: _, ...upload }) => deps.upload({ ...upload, sessionId }),
    done({ id, caption, isNote, writtenAt }, file) {
      outbox.add(caption, { id, file, isNote, writtenAt })
      chat.flush()
    },
  })
  const chat = createChat({
    ...{ line, sessionId, outbox, retry, now, later, clock, changed, page: deps.page },
    side: 'agent',
    ended(how) {
      ended = how
      line.close()
      changed()
    },
  })

  return {
    state,
    subscribe: listeners.add,
    send(content, options) {
      if (content.trim() === '') return
      outbox.add(content, options)
      chat.flush()
    },
    sendFile: (file, name, options) => uploads.add(file, name, '', options),
    retry(id) {
      if (uploads.list().some((one) => one.id === id)) return uploads.retry(id)
      outbox.retry(id)
      chat.flush()
    },
    discard(id) {
      uploads.cancel(id)
      outbox.remove(id)
    },
    type: chat.type,
    read: chat.read,
    older: chat.older,
    async act(what, payload) {
      const answer = await chat.ask(what, payload)
      if (answer === null) return 'No answer came. Look whether it was done, and try again.'
      return answer.ok ? null : answer.error.message
    },
    stop() {
      retry.stop()
      uploads.stop()
      chat.close()
    },
  }
}
