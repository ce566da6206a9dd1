import type { ChatClient, Facts } from '../../core/client.ts'
import type { ToFrame } from '../messages.ts'
import type { PageHost } from './page-host.ts'
import { factsIn } from './start/facts.ts'
import { focusFirst } from './start/focus.ts'
import { newsFor, nothingTold, type Told } from './tell-news.ts'
import type { Say } from './texts.ts'

interface Stand {
  host: PageHost
  client: ChatClient
  say: Say
  /** Done once the first language is here. */
  spoken: Promise<void>
  language(code: string): Promise<void>
  ask(): Promise<void>
  moved(page: string): void
  identify(token: string): void
  update(facts: Facts): void
  forget(): void
}

/** What the inbox says of itself is as good as new for so long. ms */
const freshMs = 60_000

/** The chat in a page of somebody else: heeds what the page says, and tells it what happens. */
export function standInPage(stand: Stand): void {
  const { host, client, say } = stand
  let isShown = false
  let told: Told | typeof nothingTold = nothingTold
  let askedAt = Date.now()
  let titled: string | null | undefined

  const newsOf = (count: number) => (count === 0 ? '' : count === 1 ? say('unreadOne') : say('unread', { count }))
  const tellNews = () => {
    const isInFront = document.visibilityState === 'visible'
    const { told: next, news } = newsFor(told, client.state(), isShown && isInFront)
    const isCounted = next.unread !== told.unread
    told = next
    news.forEach(host.tell)
    if (isCounted) label()
    const title = isInFront ? null : newsOf(told.unread) || null
    if (title !== titled) host.tell({ deskbridge: 'title', title })
    titled = title
  }
  const label = () => {
    const news = newsOf(told.unread)
    const button = isShown ? say('closeChat') : [say('openChat'), news].filter(Boolean).join(', ')
    host.tell({ deskbridge: 'labels', button, frame: say('chat'), news })
  }
  const shown = (next: boolean) => {
    isShown = next
    if (next && Date.now() - askedAt > freshMs) {
      askedAt = Date.now()
      void stand.ask()
    }
    if (next && document.activeElement === document.body) focusFirst(document)
    tellNews()
    label()
  }

  const take = (message: ToFrame) => {
    switch (message.deskbridge) {
      case 'shown':
        return shown(message.isShown)
      case 'page':
        return stand.moved(message.page)
      case 'identify':
        return stand.identify(message.token)
      case 'update':
        return stand.update(factsIn(message.facts))
      case 'language':
        return void stand.language(message.language).then(label)
      case 'forget':
        return stand.forget()
    }
  }

  host.hear(take)
  client.subscribe(tellNews)
  document.addEventListener('visibilitychange', tellNews)
  leaveByEscape(() => host.tell({ deskbridge: 'hide' }))
  void stand.spoken.then(() => {
    host.tell({ deskbridge: 'ready' })
    label()
    tellNews()
  })
}

/** What lies over the chat, or is being edited in it, is left first. */
function leaveByEscape(leave: () => void): void {
  let isTaken = false
  const look = () => {
    isTaken = document.querySelector('dialog[open], [aria-expanded="true"]') !== null
  }
  addEventListener('keydown', ({ key }) => key === 'Escape' && look(), { capture: true })
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.isComposing) return
    const { target } = event
    setTimeout(() => {
      const isGone = target instanceof Node && !target.isConnected
      if (!isTaken && !isGone && !event.defaultPrevented) leave()
    })
  })
}
