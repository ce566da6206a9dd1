import { type ChatClient, createChatClient } from '../../../clients/core/client.ts'
import type { Transport } from '../../../clients/core/line/transport.ts'
import { createMemoryStorage, type Storage } from '../../../clients/core/platform/storage.ts'
import type { Tabs } from '../../../clients/core/visit/tabs.ts'
import type { StartSessionInput } from '../../../src/contract/chat.ts'
import type { VirtualTime } from './virtual-time.ts'

/** A browser with one storage for all its tabs, which hear of each other's changes late. `late`: how late. ms */
export function aBrowser(time: VirtualTime, transport: Transport, late: () => number) {
  const shared = createMemoryStorage()
  const listening = new Map<object, Set<() => void>>()
  const locks = new Map<string, Promise<unknown>>()
  let ids = 0

  const tell = (writer: object) => {
    for (const [tab, listeners] of listening)
      if (tab !== writer)
        for (const listener of listeners) time.later(() => listeners.has(listener) && listener(), late())
  }
  const storageOf = (tab: object): Storage => ({
    ...shared,
    setItem(key, value) {
      shared.setItem(key, value)
      tell(tab)
    },
    removeItem(key) {
      const was = shared.getItem(key)
      shared.removeItem(key)
      if (was !== null) tell(tab)
    },
  })
  const tabsOf = (tab: object): Tabs => ({
    onChange(listener) {
      listening.set(tab, (listening.get(tab) ?? new Set()).add(listener))
      return () => listening.get(tab)?.delete(listener)
    },
    alone(name, task) {
      const running = (locks.get(name) ?? Promise.resolve()).catch(() => {}).then(task)
      locks.set(name, running)
      return running
    },
  })

  return {
    storage: shared,
    openTab(more: { now?: () => number; about?: () => StartSessionInput; storage?: Storage } = {}): ChatClient {
      const tab = {}
      return createChatClient({
        ...{ transport, storageKey: 'chat', tabs: tabsOf(tab) },
        storage: more.storage ?? storageOf(tab),
        about: more.about ?? (() => ({})),
        newId: () => `id-${(ids += 1)}`,
        now: more.now ?? time.now,
        later: time.later,
        random: () => 0.5,
      })
    },
  }
}
