/** What a site includes: a button, and the chat behind it once it is wanted. Everything else lives in the frame. */
const script = document.currentScript
const base = script instanceof HTMLScriptElement ? new URL('.', script.src).href : '/widget/'
const inbox = (script instanceof HTMLScriptElement && script.dataset.inbox) || 'default'

const bubble =
  '<svg viewBox="0 0 24 24" width="26" height="26" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true"><path d="M21 11.5a8.4 8.4 0 0 1-12 7.6L3 21l1.9-6a8.4 8.4 0 1 1 16.1-3.5z"/></svg>'
const cross =
  '<svg viewBox="0 0 24 24" width="26" height="26" fill="none" stroke="#fff" stroke-width="2" stroke-linecap="round" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18"/></svg>'

const style = `
:host{all:initial}
button{position:fixed;right:20px;bottom:20px;width:56px;height:56px;border:0;border-radius:28px;background:#1f5eff;cursor:pointer;display:grid;place-items:center;box-shadow:0 6px 20px rgba(15,23,42,.28);z-index:2147483000}
button:hover{background:#1a4fd8}
button:focus-visible{outline:3px solid #1f5eff;outline-offset:3px}
iframe{position:fixed;right:20px;bottom:88px;width:376px;height:min(620px,calc(100vh - 108px));border:0;border-radius:16px;box-shadow:0 12px 40px rgba(15,23,42,.3);background:#fff;z-index:2147483000;color-scheme:light dark}
iframe[hidden]{display:none}
@media (max-width:440px){iframe{inset:0;width:100%;height:100%;border-radius:0}:host([open]) button{display:none}}
`

function mount(): void {
  const host = document.createElement('div')
  host.id = 'deskbridge'
  const root = host.attachShadow({ mode: 'open' })
  const sheet = document.createElement('style')
  sheet.textContent = style
  const button = document.createElement('button')
  button.type = 'button'
  button.dataset.test = 'launcher'
  root.append(sheet, button)
  document.body.append(host)
  let frame: HTMLIFrameElement | null = null

  const show = (open: boolean) => {
    if (open && !frame) {
      frame = document.createElement('iframe')
      frame.title = 'Chat'
      const about = {
        inbox,
        origin: location.origin,
        page: location.href.slice(0, 2000),
        referrer: document.referrer.slice(0, 2000),
      }
      frame.src = `${base}frame?${new URLSearchParams(about)}`
      root.append(frame)
    }
    if (frame) frame.hidden = !open
    host.toggleAttribute('open', open)
    button.innerHTML = open ? cross : bubble
    button.setAttribute('aria-label', open ? 'Close the chat' : 'Open the chat')
    button.setAttribute('aria-expanded', String(open))
    if (open) frame?.focus()
    else button.focus({ preventScroll: true })
  }

  button.onclick = () => show(!host.hasAttribute('open'))
  addEventListener('message', (event) => {
    if (!frame || event.source !== frame.contentWindow || event.origin !== new URL(base).origin) return
    const { type, sessionId } = Object(event.data)
    if (type === 'deskbridge:close') show(false)
    if (type === 'deskbridge:session') dispatchEvent(new CustomEvent('deskbridge:session', { detail: { sessionId } }))
  })
  button.innerHTML = bubble
  button.setAttribute('aria-label', 'Open the chat')
  button.setAttribute('aria-expanded', 'false')
}

if (document.body) mount()
else addEventListener('DOMContentLoaded', mount)
