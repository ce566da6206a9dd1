import { createChatClient } from '../../clients/core/client.ts'
import { createSocketTransport } from '../../clients/core/line/socket-transport.ts'
import type { Transport } from '../../clients/core/line/transport.ts'
import { createMemoryStorage } from '../../clients/core/platform/storage.ts'
import { oneTab } from '../../clients/core/visit/tabs.ts'

interface Saved {
  sessionId: string
  token: string
}

let clients = 0

/** The client core without a face. `saved`: the chat that it goes on with. */
export function aClient(transport: Transport, options: { name?: string; inbox?: string; saved?: Saved } = {}) {
  const number = (clients += 1)
  const { name = `Ana ${number}`, inbox, saved } = options
  const items = new Map<string, string>(saved ? [['chat', JSON.stringify(saved)]] : [])
  const client = createChatClient({
    transport,
    storage: createMemoryStorage(items),
    storageKey: 'chat',
    tabs: oneTab,
    about: () => ({ name, ...(inbox && { inboxKey: inbox }) }),
    newId: () => crypto.randomUUID(),
    now: () => Date.now(),
    later: (task, ms) => void setTimeout(task, ms),
  })
  return { client, saved: (): Saved => JSON.parse(items.get('chat') ?? '{"sessionId":"","token":""}') }
}

/** The widget's own client core. */
export const aWidget = (url: string) => aClient(createSocketTransport(url)).client
