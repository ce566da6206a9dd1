import { createChatClient } from '../../clients/core/client.ts'
import { createSocketTransport } from '../../clients/core/socket-transport.ts'

let widgets = 0

/** The widget's own client core, without a face. */
export function aWidget(url: string) {
  const items = new Map<string, string>()
  const name = (widgets += 1)
  let ids = 0
  return createChatClient({
    transport: createSocketTransport(url),
    storage: {
      getItem: (key) => items.get(key) ?? null,
      setItem: (key, value) => void items.set(key, value),
      removeItem: (key) => void items.delete(key),
    },
    storageKey: 'chat',
    about: () => ({ name: `Ana ${name}` }),
    newId: () => `message-${name}-${(ids += 1)}`,
    now: () => Date.now(),
    later: (task, ms) => void setTimeout(task, ms),
  })
}
