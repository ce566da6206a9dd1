import { element } from '../loader/elements.ts'
import { hear, type ToFrame, type ToHost } from '../messages.ts'
import type { Stage } from '../stage.ts'

export interface Frame {
  readonly element: HTMLIFrameElement
  tell(message: ToFrame): void
  /** Puts it into the page. */
  load(): void
  /** It begins anew, with nothing of the visitor. */
  forget(): void
}

/** What is told while it does not listen, it is told once it does. */
export function createFrame(stage: Stage, take: (message: ToHost) => void): Frame {
  const { base, inbox, launcher } = stage
  const { origin } = new URL(base)
  const frame = element('iframe')
  let waiting: ToFrame[] | null = []
  let isToForget = false

  const post = (message: ToFrame) => frame.contentWindow?.postMessage(message, origin)
  const tell = (message: ToFrame) => void (waiting ? waiting.push(message) : post(message))
  const page = () => location.href.slice(0, 2_000)

  const ready = () => {
    if (isToForget) post({ deskbridge: 'forget' })
    else {
      waiting?.forEach(post)
      waiting = null
    }
    isToForget = false
  }
  frame.hidden = true
  frame.title = 'Chat'
  frame.allow = 'autoplay'

  return {
    element: frame,
    tell,
    load() {
      if (frame.isConnected) return
      const about = { origin: location.origin, page: page(), referrer: document.referrer.slice(0, 2_000) }
      frame.src = `${base}frame?${new URLSearchParams({ inbox, language: stage.language ?? '', ...about })}`
      const window = () => frame.contentWindow
      hear<ToHost>(window, origin, (message) => (message.deskbridge === 'ready' ? ready() : take(message)))
      // A site that is one page changes its address and loads nothing.
      globalThis.navigation?.addEventListener('currententrychange', () => tell({ deskbridge: 'page', page: page() }))
      launcher.wrapper.append(frame)
    },
    forget() {
      if (waiting) isToForget = true
      else post({ deskbridge: 'forget' })
      waiting = []
    },
  }
}
