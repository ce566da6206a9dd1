import { render } from 'preact'
import { createChatClient } from '../../core/client.ts'
import { createSocketTransport } from '../../core/socket-transport.ts'
import { App } from './app.tsx'
import { openStorage } from './storage.ts'

const query = new URLSearchParams(location.search)
const host = query.get('origin') ?? location.origin
const inbox = query.get('inbox') ?? 'default'
const fact = (name: string) => query.get(name) || undefined

const client = createChatClient({
  transport: createSocketTransport(location.origin),
  storage: openStorage(),
  storageKey: `deskbridge:${inbox}`,
  about: () => ({ inboxKey: inbox, page: fact('page'), referrer: fact('referrer') }),
  newId: () => crypto.randomUUID(),
  now: () => Date.now(),
  later: (task, ms) => void setTimeout(task, ms),
})

let told: string | null = null
client.subscribe(({ sessionId }) => {
  if (sessionId === told) return
  told = sessionId
  if (sessionId) parent.postMessage({ type: 'deskbridge:session', sessionId }, host)
})

const root = document.getElementById('app')
if (root) render(<App client={client} onHide={() => parent.postMessage({ type: 'deskbridge:close' }, host)} />, root)
client.resume()
