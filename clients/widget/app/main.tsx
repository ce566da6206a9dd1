import { render } from 'preact'
import { createChatClient } from '../../core/client.ts'
import { createSocketTransport } from '../../core/line/socket-transport.ts'
import { openStorage } from '../../core/platform/browser-storage.ts'
import { newId } from '../../core/platform/new-id.ts'
import { browserTabs } from '../../core/visit/tabs.ts'
import { App } from './app.tsx'
import { markLanguage, type Spoken, spokenFor } from './languages/speak.ts'
import { applyLook } from './look.ts'
import { pageHost } from './page-host.ts'
import { loadParts } from './parts/seldom.tsx'
import { standInPage } from './stand-in-page.ts'
import { askInbox } from './start/ask-inbox.ts'
import type { Asked } from './start/screen.ts'
import { createVisitor } from './start/visitor.ts'
import { SpokenIn, sayIn } from './texts.ts'

const query = new URLSearchParams(location.search)
const fact = (name: string) => query.get(name) || undefined
const inbox = fact('inbox') ?? 'default'
/** Of an email's link: a chat of its own beside the one that this browser may have. */
const chat = fact('chat')
const storage = openStorage()
const storageKey = chat ? `deskbridge:${inbox}:${chat}` : `deskbridge:${inbox}`
const visitor = createVisitor(storage, `${storageKey}:visitor`)
const host = pageHost(fact('origin') ?? location.origin)
const root = document.getElementById('app')

let page = fact('page')
let asked: Asked = { kind: 'asking' }
let spoken: Spoken | undefined
let isLinkOver = false
/** The inbox mostly answers while the scripts come: then all is shown at once. ms */
const patience = 150

const client = createChatClient({
  transport: createSocketTransport(location.origin),
  storage,
  storageKey,
  tabs: browserTabs(storageKey),
  about() {
    const { name, email, attributes } = visitor.facts()
    return {
      ...{ inboxKey: inbox, page, referrer: fact('referrer'), name, email, attributes, identityToken: visitor.token() },
      locale: fitting(navigator.language, /^[A-Za-z0-9-]{2,35}$/),
      timeZone: fitting(Intl.DateTimeFormat().resolvedOptions().timeZone, /^[\w+/-]{1,64}$/),
    }
  },
  newId,
  now: () => Date.now(),
  later: (task, ms) => void setTimeout(task, ms),
})

/** A browser may call its language `en-US@posix`, which the server takes for no language. */
function fitting(value: string, form: RegExp): string | undefined {
  return form.test(value) ? value : undefined
}

const hide = host ? () => host.tell({ deskbridge: 'hide' }) : null

function show(): void {
  if (!spoken || !root) return
  const say = sayIn(spoken.texts)
  markLanguage(document.documentElement, spoken)
  document.title = say('chat')
  const notice = isLinkOver ? say('linkOver') : null
  render(
    <SpokenIn value={say}>
      <App client={client} asked={asked} visitor={visitor} notice={notice} onHide={hide} />
    </SpokenIn>,
    root,
  )
}

async function speak(language: string | undefined): Promise<void> {
  const next = await spokenFor([language, ...navigator.languages])
  await answered
  spoken = next
  show()
}

/** Its hours may have begun or ended since. */
async function ask(): Promise<void> {
  const answer = await askInbox(inbox)
  if (answer.kind === 'shown') applyLook(document.documentElement, answer.inbox.look)
  if (answer.kind === 'shown' || asked.kind === 'asking') asked = answer
  show()
}

/** Nothing of the visitor stays. */
function forget(): void {
  client.stop()
  for (const key of storage.keys()) if (key === storageKey || key.startsWith(`${storageKey}:`)) storage.removeItem(key)
  location.reload()
}

const answered = Promise.race([ask(), new Promise((resolve) => setTimeout(resolve, patience))])
const speaking = speak(fact('language'))
if (host) {
  standInPage({
    ...{ host, client, ask, forget },
    say: (key, values) => (spoken ? sayIn(spoken.texts)(key, values) : ''),
    language: (code) => speak(code),
    moved(next) {
      page = next
      if (client.state().sessionId) client.update({ page: next })
    },
    identify(token) {
      visitor.identify(token)
      client.identify(token)
      show()
    },
    update(facts) {
      visitor.say(facts)
      client.update(facts)
      show()
    },
    spoken: speaking,
  })
}
/** An email's link carries what opens its chat. */
async function followLink(): Promise<void> {
  if (location.hash === '') return
  const parts = await loadParts()
  isLinkOver = (await parts?.resumeFromLink(storage, storageKey)) === false
  show()
}

await followLink()
client.resume()
// Who has just opened the chat writes first; what a button opens is there when it is pressed.
setTimeout(loadParts, 1_000)
