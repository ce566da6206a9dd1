import { createParser } from 'eventsource-parser'
import type { HistoryPage, SessionInfo } from '../../src/contract/chat.ts'
import type { ClientEvent } from '../../src/contract/socket.ts'
import type { Answer, HttpCall, Line, Transport } from './transport.ts'

/** The server gives a sign of life every 15 s; who hears none for so long has lost it. ms */
const silenceMs = 40_000
const comeBackMs = 2_000

interface StreamLineDeps {
  url: string
  token(): string
  call: Transport['call']
  later(task: () => void, ms: number): void
}

interface Position {
  sessionId: string
  afterSeq?: number
  epoch?: string
}

type Listener = (data: never) => void

/** A line without WebSocket: what comes is a stream of server-sent events, what goes is HTTP. It tells nothing of who types. */
export function createStreamLine({ url, token, call, later }: StreamLineDeps): Line {
  const listeners = new Map<string, Listener[]>()
  let up = () => {}
  let down = (_refused: boolean) => {}
  let open: AbortController | null = null
  let isClosed = false

  const emit = (event: string, data: unknown) => {
    for (const listener of listeners.get(event) ?? []) listener(data as never)
  }
  const page = async (sessionId: string) => {
    const answer = await call<HistoryPage>({ method: 'GET', path: `/sessions/${sessionId}/messages`, token: token() })
    if (!answer.ok) return answer
    const { ok: _, ...history } = answer
    emit('chat_history', history)
    return answer
  }

  /** Resolves once the stream has begun; from then on its end is the line's. */
  const join = async ({ sessionId, afterSeq, epoch }: Position): Promise<Answer> => {
    open?.abort()
    const own = new AbortController()
    open = own
    const after = afterSeq === undefined ? '' : `?after=${epoch ? `${epoch}:` : ''}${afterSeq}`
    const response = await fetch(`${url}/api/chat/sessions/${sessionId}/stream${after}`, {
      headers: { authorization: `Bearer ${token()}`, accept: 'text/event-stream' },
      signal: own.signal,
    })
    if (!response.ok || !response.body) return refused(response)
    const begun = Promise.withResolvers<SessionInfo>()
    void read(response.body, own, (event, data) => {
      if (event === 'session_info') begun.resolve(data as SessionInfo)
      emit(event, data)
    }).finally(() => {
      begun.reject(new Error('the stream ended'))
      if (open === own && !isClosed) lost()
    })
    const info = await begun.promise
    // It goes on from where it was; whoever was nowhere, or in another life of the chat, needs what there is.
    const isNew = afterSeq === undefined || info.epoch !== epoch
    return isNew ? page(sessionId) : { ok: true }
  }

  const refused = async (response: Response): Promise<Answer> => {
    if (response.status === 401) down(true)
    const { error } = Object(await response.json().catch(() => null))
    if (!error) throw new Error(`no stream (${response.status})`)
    return { ok: false, error }
  }
  const lost = () => {
    open = null
    down(false)
    later(() => !isClosed && up(), comeBackMs)
  }

  return {
    on: (event, listener) => void listeners.set(event, [...(listeners.get(event) ?? []), listener as Listener]),
    onUp(listener) {
      up = listener
      later(() => !isClosed && up(), 0)
    },
    onDown: (listener) => void (down = listener),
    async ask(event, payload) {
      if (event === 'join_chat') return join(payload as Position)
      const http = callFor(event, payload as { sessionId: string })
      return http ? call({ ...http, token: token() }) : { ok: true }
    },
    close() {
      isClosed = true
      open?.abort()
    },
  }
}

async function read(
  body: ReadableStream<Uint8Array>,
  own: AbortController,
  take: (event: string, data: unknown) => void,
): Promise<void> {
  const parser = createParser({ onEvent: ({ event, data }) => event && take(event, JSON.parse(data)) })
  const decoder = new TextDecoder()
  let silence: ReturnType<typeof setTimeout> | undefined
  try {
    for await (const bytes of chunksOf(body)) {
      clearTimeout(silence)
      silence = setTimeout(() => own.abort(), silenceMs)
      parser.feed(decoder.decode(bytes, { stream: true }))
    }
  } catch {
    // It ended in the middle, by us or by the network.
  } finally {
    clearTimeout(silence)
  }
}

/** Not every browser can iterate a stream. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
}

/** Null: there is nothing to be told over HTTP. */
function callFor(event: ClientEvent, { sessionId, ...rest }: { sessionId: string }): Omit<HttpCall, 'token'> | null {
  const path = `/sessions/${sessionId}`
  const { messageId, ...body } = rest as { messageId?: string }
  const message = `${path}/messages/${messageId}`
  switch (event) {
    case 'send_message':
      return { method: 'POST', path: `${path}/messages`, body }
    case 'edit_message':
      return { method: 'PATCH', path: message, body }
    case 'delete_message':
      return { method: 'DELETE', path: message }
    case 'message_read':
      return { method: 'POST', path: `${message}/read`, body: {} }
    case 'close_chat':
      return { method: 'POST', path: `${path}/close`, body: {} }
    case 'rate_chat':
      return { method: 'POST', path: `${path}/rating`, body }
    case 'identify':
      return { method: 'POST', path: `${path}/identify`, body }
    case 'update_visitor':
      return { method: 'PATCH', path: `${path}/visitor`, body }
    case 'join_chat':
    case 'typing':
    case 'message_delivered':
    case 'agent_join':
    case 'agent_leave':
    case 'set_status':
    case 'take_chat':
    case 'release_chat':
    case 'transfer_chat':
      return null
  }
}
