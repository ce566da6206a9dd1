import { useEffect, useState } from 'preact/hooks'

export interface SlackMessage {
  ts: string
  user: string
  text: string
  botId: string | null
  username: string | null
  icon?: string
  blocks?: { type: string; elements?: { type: 'button'; action_id: string; value: string; text: { text: string } }[] }[]
  files?: { id: string; name: string }[]
  edited: boolean
  metadata: { event_payload: { session?: string } } | null
}

export interface Thread {
  root: SlackMessage
  replies: SlackMessage[]
}

export interface Ticket {
  id: number
  external_id: string | null
  subject: string
  status: string
  tags: string[]
  fields: Record<string, string>
  requester: { name: string; email: string | null }
  comments: {
    id: number
    body: string
    public: boolean
    created_at: string
    author: { name: string; role: string }
    files: { id: number; file_name: string }[]
  }[]
}

/** What `read` says, now and after each change that the stand-in tells of: one open stream, no polling. */
export function useLive<T>(url: string | null, key: string | null, read: (key: string) => Promise<T>): T | null {
  const [value, setValue] = useState<T | null>(null)
  useEffect(() => {
    setValue(null)
    if (!url || !key) return
    let current = true
    let reading = false
    let again = false
    const refresh = async () => {
      again = reading
      if (reading) return
      reading = true
      const next = await read(key).catch(() => null)
      reading = false
      if (current && next !== null) setValue(() => next)
      if (current && again) void refresh()
    }
    const stream = new EventSource(`${url}/sandbox/stream`)
    stream.onopen = refresh
    stream.onmessage = refresh
    return () => {
      current = false
      stream.close()
    }
  }, [url, key])
  return value
}

export const getJson = async <T>(url: string): Promise<T> => (await fetch(url)).json()

export const post = (url: string, body: object): Promise<Response> =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

/** The chat that runs in the shop's frame. */
export function useSession(): string | null {
  const [session, setSession] = useState<string | null>(null)
  useEffect(() => {
    const listen = (event: MessageEvent) => {
      if (event.origin === location.origin && event.data?.type === 'session') setSession(event.data.sessionId)
    }
    addEventListener('message', listen)
    return () => removeEventListener('message', listen)
  }, [])
  return session
}
