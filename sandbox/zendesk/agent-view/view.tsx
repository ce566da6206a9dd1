import { render } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { getJson, post, type Ticket } from '../../live.ts'
import { type HostedApp, hostApp, type Scheme } from './frame.ts'
import { TicketColumn } from './ticket-column.tsx'

interface PrivateApp {
  id: number
  name: string
  manifest: { location: { support: { ticket_sidebar?: { url: string } } } }
  installations: { enabled: boolean; settings: { name: string } }[]
}

/** As an agent sees it. */
interface ShownApp {
  title: string
  url: string
  token: string
}

const query = new URLSearchParams(location.search)
const ticketId = Number(location.pathname.split('/').at(-1))
/** Who looks at it. */
const user = Number(query.get('user') ?? 1002)

function View({ ticket, app }: { ticket: Ticket; app: ShownApp | null }) {
  const frame = useRef<HTMLIFrameElement>(null)
  const hosted = useRef<HostedApp | null>(null)
  const [scheme, setScheme] = useState<Scheme>(query.get('scheme') === 'dark' ? 'dark' : 'light')
  useEffect(() => {
    if (!frame.current || !app) return
    const known = { colorScheme: scheme, 'ticket.id': ticket.id, 'ticket.externalId': ticket.external_id }
    hosted.current = hostApp(frame.current, app, known)
    return hosted.current.close
  }, [])
  useEffect(() => document.documentElement.setAttribute('data-scheme', scheme), [scheme])
  const change = () => {
    const next = scheme === 'dark' ? 'light' : 'dark'
    setScheme(next)
    hosted.current?.scheme(next)
  }
  return (
    <div class="view">
      <section class="column zendesk" aria-label="Ticket">
        <TicketColumn url={location.origin} session={ticket.external_id} />
      </section>
      <aside class="apps" aria-label="Apps">
        <div class="bar zendesk-bar">
          <h2>{app?.title ?? 'No app is installed'}</h2>
          <button type="button" class="scheme" onClick={change}>
            {scheme === 'dark' ? 'Light' : 'Dark'}
          </button>
        </div>
        <iframe ref={frame} name="app" title="App" />
      </aside>
    </div>
  )
}

async function openApp(): Promise<ShownApp | null> {
  for (const { id, manifest, installations } of await getJson<PrivateApp[]>('/sandbox/apps')) {
    const installation = installations.find(({ enabled }) => enabled)
    const url = manifest.location.support.ticket_sidebar?.url
    if (!installation || !url) continue
    const { token } = await (await post(`/sandbox/apps/${id}/token`, { user })).json()
    return { title: installation.settings.name, url, token }
  }
  return null
}

const [ticket, app] = await Promise.all([getJson<Ticket>(`/sandbox/tickets/${ticketId}`), openApp()])
const root = document.getElementById('view')
if (root) render(<View ticket={ticket} app={app} />, root)
