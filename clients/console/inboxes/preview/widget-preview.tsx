import { useEffect, useRef } from 'preact/hooks'
import type { Inbox } from '../../../../src/contract/inbox.ts'
import type { Previewed } from './previewed.ts'

/** The widget itself, with what is not saved yet. It is for looking at: neither the keyboard nor a reader goes in. */
export function WidgetPreview({ inbox }: { inbox: Inbox }) {
  const frame = useRef<HTMLIFrameElement>(null)
  const { look, greeting } = inbox
  const tell = () => {
    const previewed: Previewed = { kind: 'deskbridge:preview', look, greeting }
    frame.current?.contentWindow?.postMessage(previewed, location.origin)
  }
  useEffect(tell, [look, greeting])
  return (
    <aside class="preview" aria-label="Preview">
      <p class="muted">What visitors see</p>
      <iframe ref={frame} title="The widget" src="/console/preview" inert onLoad={tell} />
    </aside>
  )
}
