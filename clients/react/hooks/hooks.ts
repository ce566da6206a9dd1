import { useMemo, useSyncExternalStore } from 'react'
import {
  type ChatClient,
  type ChatState,
  type ConnectionState,
  type Entry,
  emptyConversation,
  entriesOf,
  unreadIn,
} from '../../core/index.ts'
import { useStore } from './provider.tsx'

/** What a server renders: no chat is known there. */
const nothingYet: ChatState = {
  connection: 'idle',
  refusal: null,
  sessionId: null,
  conversation: emptyConversation,
  pending: [],
  uploads: [],
  typing: null,
  queue: null,
}

/** What can be asked of the chat: `send`, `sendFile`, `read`, `close` and so on. */
export const useChat = (): ChatClient => useStore().client

/** All that there is to show. */
export function useChatState(): ChatState {
  const store = useStore()
  return useSyncExternalStore(store.subscribe, store.state, () => nothingYet)
}

/** A part of it; renders again only when this part is another. */
function usePart<T extends string | number | null>(partOf: (state: ChatState) => T): T {
  const store = useStore()
  return useSyncExternalStore(
    store.subscribe,
    () => partOf(store.state()),
    () => partOf(nothingYet),
  )
}

/** Messages and files, the oldest first, each with how far it has got. */
export function useEntries(): readonly Entry[] {
  const { conversation, pending, uploads } = useChatState()
  return useMemo(() => entriesOf({ conversation, pending, uploads }), [conversation, pending, uploads])
}

/** How many answers were not read. */
export const useUnread = (): number => usePart(({ conversation }) => unreadIn(conversation))

/** Name of who is typing, empty where it is not known; null: nobody. */
export const useTyping = (): string | null => usePart(({ typing }) => typing)

export const useConnection = (): ConnectionState => usePart(({ connection }) => connection)

/** While the visitor waits for somebody. `waitMs`: an estimate, null without any. */
export const useQueue = (): ChatState['queue'] => useChatState().queue
