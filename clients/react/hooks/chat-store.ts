import type { ChatClient, ChatState } from '../../core/index.ts'

/** A client as React reads it: the same state until something changed. */
export interface ChatStore {
  client: ChatClient
  state(): ChatState
  subscribe(listener: () => void): () => void
}

export function createChatStore(client: ChatClient): ChatStore {
  let shown = client.state()
  const listeners = new Set<() => void>()
  let end = () => {}

  const listen = () => {
    shown = client.state()
    end = client.subscribe((next) => {
      shown = next
      for (const listener of listeners) listener()
    })
  }
  return {
    client,
    state: () => shown,
    subscribe(listener) {
      if (listeners.size === 0) listen()
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0) end()
      }
    },
  }
}
