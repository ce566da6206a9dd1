/** Where the app's page is, and the account's word for who looks at it. */
export interface AppPage {
  url: string
  token: string
}

export type Scheme = 'light' | 'dark'

export interface HostedApp {
  /** What the app is told of its surroundings from now on. */
  scheme(scheme: Scheme): void
  close(): void
}

interface Asked {
  key?: string
  id?: number
  request?: 'get' | 'invoke'
  params?: string[] | Record<string, unknown[]>
}

/**
 * Zendesk's side of the Apps Framework, as far as its SDK asks: it opens the page by a form with the signed token, answers
 * the handshake, `get` and `invoke`, and tells of changes.
 */
export function hostApp(
  frame: HTMLIFrameElement,
  { url, token }: AppPage,
  known: Record<string, unknown> & { colorScheme: Scheme },
): HostedApp {
  const guid = crypto.randomUUID()
  const say = (message: object) => frame.contentWindow?.postMessage(JSON.stringify(message), new URL(url).origin)

  const answers = {
    get: (params: Asked['params']) =>
      Object.fromEntries((Array.isArray(params) ? params : []).map((path) => [path, known[path] ?? null])),
    invoke(params: Asked['params']) {
      const resize = params && 'resize' in params ? params.resize : undefined
      const [size] = Array.isArray(resize) ? resize : []
      if (typeof size === 'object' && size !== null && 'height' in size) frame.style.height = String(size.height)
      return {}
    },
  }
  const listen = ({ source, data }: MessageEvent) => {
    if (source !== frame.contentWindow || typeof data !== 'string') return
    const { key, id, request, params }: Asked = JSON.parse(data)
    if (key === 'iframe.handshake') say({ key: 'zaf.app.registered', message: { metadata: {}, context: {} } })
    if (id !== undefined && request) say({ id, result: answers[request](params) })
  }
  addEventListener('message', listen)
  openBy(frame, `${url}?${new URLSearchParams({ origin: location.origin, app_guid: guid })}`, token)

  return {
    scheme(scheme) {
      known.colorScheme = scheme
      say({ key: 'zaf.colorScheme.changed', message: scheme })
    },
    close: () => removeEventListener('message', listen),
  }
}

function openBy(frame: HTMLIFrameElement, action: string, token: string): void {
  const form = document.createElement('form')
  Object.assign(form, { method: 'post', action, target: frame.name })
  const field = document.createElement('input')
  Object.assign(field, { type: 'hidden', name: 'token', value: token })
  form.append(field)
  document.body.append(form)
  form.submit()
  form.remove()
}
