import { adminKey, type TestChat } from './chat.ts'

export const ownOrigin = 'https://chat.example'
export const password = 'correct horse battery'

/** A browser on a page of the service: it keeps cookies and names the page's origin. */
export function aBrowser(chat: TestChat, index = 0) {
  const jar = new Map<string, string>()
  const keep = (response: Response) => {
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (value === '' || /max-age=0(;|$)/i.test(line)) jar.delete(name)
      else jar.set(name, value)
    }
  }
  const send = async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(`${chat.node(index).url}${path}`, {
      method,
      redirect: 'manual',
      headers: { origin: ownOrigin, ...(cookie && { cookie }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    keep(response)
    return response
  }
  const ask = async (method: string, path: string, body?: unknown, headers?: Record<string, string>) => {
    const response = await send(method, path, body, headers)
    const text = await response.text()
    return { status: response.status, body: text ? JSON.parse(text) : null }
  }
  return {
    jar,
    send,
    ask,
    signIn: (email: string, secret = password) => ask('POST', '/api/auth/sign-in', { email, password: secret }),
    async token(): Promise<string> {
      return (await ask('POST', '/api/auth/token')).body?.token
    },
    isSignedIn: async () => (await ask('GET', '/api/auth/session')).status === 200,
  }
}

let agents = 0

/** An agent with a password, and a way to ask as the administrator. */
export async function anAccount(chat: TestChat, more: object = {}) {
  const email = `agent-${(agents += 1)}@example.com`
  const admin = (method: string, path = '', body?: unknown) =>
    chat.call(method, `/api/admin/agents${path}`, { token: adminKey, body })
  const { body } = await admin('POST', '', { name: 'Bo', email, password, ...more })
  const id: string = body.id
  return {
    id,
    email,
    admin: (method: string, path: string, input?: unknown) => admin(method, `/${id}${path}`, input),
    /** A browser in which they have signed in. */
    async browser(index = 0) {
      const browser = aBrowser(chat, index)
      await browser.signIn(email)
      return browser
    },
  }
}
