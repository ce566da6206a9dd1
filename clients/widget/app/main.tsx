import { render } from 'preact'
import { openStorage } from '../../core/browser-storage.ts'
import { createChatClient } from '../../core/client.ts'
import { createSocketTransport } from '../../core/socket-transport.ts'
import { browserTabs } from '../../core/tabs.ts'
import { App } from './app.tsx'
import { askForLook } from './look.ts'
import { resumeFromLink } from './resume.ts'

const query = new URLSearchParams(location.search)
const host = query.get('origin') ?? location.origin
const inbox = query.get('inbox') ?? 'default'
/** Of an email's link: a chat of its own beside the one that this browser may have. */
const chat = query.get('chat')
const storage = openStorage()
const storageKey = chat ? `deskbridge:${inbox}:${chat}` : `deskbridge:${inbox}`
const isEmbedded = parent !== window
const fact = (name: string) => query.get(name) || undefined

const client = createChatClient({
  transport: createSocketTransport(location.origin),
  storage,
  storageKey,
  tabs: browserTabs(storageKey),
  about: () => ({ inboxKey: inbox, page: fact('page'), referrer: fact('referrer') }),
  newId: () => crypto.randomUUID(),
  now: () => Date.now(),
  later: (task, ms) => void setTimeout(task, ms),
})

let told: string | null = null
client.subscribe(({ sessionId }) => {
  if (sessionId === told) return
  told = sessionId
  if (sessionId && isEmbedded) parent.postMessage({ type: 'deskbridge:session', sessionId }, host)
})

void askForLook(document.documentElement, inbox)
const root = document.getElementById('app')
const hide = isEmbedded ? () => parent.postMessage({ type: 'deskbridge:close' }, host) : null
const show = (notice: string | null) => root && render(<App client={client} notice={notice} onHide={hide} />, root)
show(null)
if (!(await resumeFromLink(storage, storageKey))) show('This link is over. Write to us here instead.')
client.resume()
