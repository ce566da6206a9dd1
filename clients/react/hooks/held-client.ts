import type { ChatClient } from '../../core/index.ts'
import { type ChatStore, createChatStore } from './chat-store.ts'

/** A client of a component's own. React may let go of it and take it again in one breath. */
export interface HeldClient {
  store: ChatStore
  /** False: it was let go of for good, and another one is needed. */
  take(): boolean
  letGo(): void
}

export function holdClient(client: ChatClient): HeldClient {
  let holders = 0
  let isOver = false
  return {
    store: createChatStore(client),
    take() {
      holders += 1
      return !isOver
    },
    letGo() {
      holders -= 1
      setTimeout(() => {
        if (holders > 0 || isOver) return
        isOver = true
        client.stop()
      }, 0)
    },
  }
}
