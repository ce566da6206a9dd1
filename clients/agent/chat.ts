import type { HistoryPage } from '../../src/contract/chat.ts'
import { type ChatView, createChat, type End } from '../core/chat.ts'
import { createClock } from '../core/clock.ts'
import { createListeners } from '../core/listeners.ts'
import { createOutbox, type Pending } from '../core/outbox.ts'
import { createRetry } from '../core/retry.ts'
import type { Storage } from '../core/storage.ts'
import type { Line } from '../core/transport.ts'

/** `ended`: it is not there for this agent, or they have to sign in again. */
export interface AgentChatState extends ChatView {
  pending: readonly Pending[]
  ended: End | null
}

/** One chat as the agent works in it. */
export interface AgentChat {
  state(): AgentChatState
  subscribe(listener: (state: AgentChatState) => void): () => void
  send(content: string, options: { isNote: boolean }): void
  retry(clientMessageId: string): void
  discard(clientMessageId: string): void
  type(): void
  read(): void
  /** What went wrong, for people; null: it is done. */
  act(what: 'take_chat' | 'release_chat' | 'close_chat'): Promise<string | null>
  stop(): void
}

export function createAgentChat(deps: {
  line: Line
  sessionId: string
  storage: Storage
  /** The messages before a position. */
  page(before: number): Promise<HistoryPage | null>
  newId(): string
  now(): number
  later(task: () => void, ms: number): void
  random(): number
}): AgentChat {
  const { line, sessionId, storage, now, later } = deps
  const listeners = createListeners<AgentChatState>()
  const clock = createClock(now)
  const retry = createRetry(deps)
  let ended: End | null = null

  const state = (): AgentChatState => ({ ...chat.state(), pending: outbox.list(), ended })
  const changed = () => listeners.tell(state())
  const key = `deskbridge:${sessionId}:outbox`
  const outbox = createOutbox({ storage, key, newId: deps.newId, now: clock.stamp, changed })
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
    retry(id) {
      outbox.retry(id)
      chat.flush()
    },
    discard: outbox.remove,
    type: chat.type,
    read: chat.read,
    async act(what) {
      const answer = await chat.ask(what)
      if (answer === null) return 'No answer came. Look whether it was done, and try again.'
      return answer.ok ? null : answer.error.message
    },
    stop() {
      retry.stop()
      chat.close()
    },
  }
}
