import { createParser } from 'eventsource-parser'
import type { HistoryPage, SessionInfo } from '../../../src/contract/chat.ts'
import { authorization } from './answer.ts'
import { callFor } from './call-for.ts'
import type { Answer, Line, Transport } from './transport.ts'

/** In ms. */
export const streamTimes = {
  /** The server gives a sign of life every 15 s; who hears none for so long has lost it. */
  silenceMs: 40_000,
  /** Whoever hears nothing at the beginning never will: what is in the way keeps all until the end. */
  beginWithinMs: 10_000,
}

interface StreamLineDeps {
  url: string
  /** Asked for each time: it may have been renewed. */
  token(): string | Promise<string>
  /** The token will never be taken, so there is no use in trying again. */
  isRefused(error: unknown): boolean
  call: Transport['call']
  /** Answers how to call it off. */
  later(task: () => void, ms: number): () => void
  /** From 0 to 1. */
  random(): number
  times?: { silenceMs?: number; beginWithinMs?: number }
}

interface Position {
  sessionId: string
  afterSeq?: number
  epoch?: string
}

type Listener = (data: never) => void
type Refused = Extract<Answer, { ok: false }>

/** A line without WebSocket: what comes is a stream of server-sent events, what goes is HTTP. It tells nothing of who types. */
export function createStreamLine({ url, token, isRefused, call, later, random, times = {} }: StreamLineDeps): Line {
  const listeners = new Map<string, Listener[]>()
  const ups: (() => void)[] = []
  const downs: ((refused: boolean) => void)[] = []
  let open: AbortController | null = null
  let isClosed = false
  let callOffUp = () => {}
  /** As the server wants it: not all at one instant. ms */
  let comeBack: number | null = null

  const emit = (event: string, data: unknown) => {
    for (const listener of listeners.get(event) ?? []) listener(data as never)
  }
  const down = (refused: boolean) => {
    for (const listener of downs) if (!isClosed) listener(refused)
  }
  const upIn = (ms: number) => {
    callOffUp()
    callOffUp = later(() => {
      for (const listener of ups) if (!isClosed) listener()
    }, ms)
  }
  const lost = () => {
    open = null
    down(false)
    upIn(comeBack ?? 500 + 2_000 * random())
  }
  const judged = <T extends Answer>(answer: T): T => {
    if (!answer.ok && isRefused(answer.error)) down(true)
    return answer
  }

  const page = async (sessionId: string) => {
    const path = `/sessions/${sessionId}/messages`
    const answer = judged(await call<HistoryPage>({ method: 'GET', path, token: await token() }))
    if (!answer.ok) return answer
    const { ok: _, ...history } = answer
    if (!isClosed) emit('chat_history', history)
    return answer
  }

  /** Resolves once the stream has begun; from then on its end is the line's. */
  const join = async ({ sessionId, afterSeq, epoch }: Position): Promise<Answer> => {
    open?.abort()
    const own = new AbortController()
    open = own
    const after = afterSeq === undefined ? '' : `?after=${epoch ? `${epoch}:` : ''}${afterSeq}`
    const shown = await token()
    const info = await new Promise<SessionInfo | Refused>((resolve, reject) => {
      void readStream({
        address: `${url}/api/chat/sessions/${sessionId}/stream${after}`,
        token: shown,
        own,
        ...{ later, ...streamTimes, ...times },
        take(event, data) {
          if (open !== own || isClosed) return
          if (event === 'session_info') resolve(data as SessionInfo)
          emit(event, data)
        },
        comesBackIn(ms) {
          comeBack = ms
        },
      }).then((refusal) => {
        if (refusal) return resolve(judged(refusal))
        reject(new Error('the stream ended'))
        if (open === own && !isClosed) lost()
      })
    })
    if ('ok' in info) return info
    // It goes on from where it was; whoever was nowhere, or in another life of the chat, needs what there is.
    const isNew = afterSeq === undefined || info.epoch !== epoch
    return isNew ? page(sessionId) : { ok: true }
  }

  return {
    on: (event, listener) => void listeners.set(event, [...(listeners.get(event) ?? []), listener as Listener]),
    onUp(listener) {
      ups.push(listener)
      upIn(0)
    },
    onDown: (listener) => void downs.push(listener),
    async ask(event, payload) {
      if (event === 'join_chat') return join(payload as Position)
      const http = callFor(event, payload as { sessionId: string })
      return http ? judged(await call<object>({ ...http, token: await token() })) : { ok: true }
    },
    close() {
      isClosed = true
      callOffUp()
      open?.abort()
    },
  }
}

interface Reading extends Pick<StreamLineDeps, 'later'> {
  address: string
  token: string
  own: AbortController
  silenceMs: number
  beginWithinMs: number
  take(event: string, data: unknown): void
  comesBackIn(ms: number): void
}

/** Reads server-sent events. Resolves when the stream has ended, by us or by the network, or with what the server said in its place. */
export async function readStream({ address, token, own, later, ...reading }: Reading): Promise<Refused | undefined> {
  const giveUpIn = (ms: number) => later(() => own.abort(), ms)
  let callOff = giveUpIn(reading.beginWithinMs)
  const parser = createParser({
    onEvent: ({ event, data }) => event && reading.take(event, JSON.parse(data)),
    onRetry: reading.comesBackIn,
  })
  const decoder = new TextDecoder()
  try {
    const headers = { ...authorization(token), accept: 'text/event-stream' }
    const response = await fetch(address, { headers, signal: own.signal, cache: 'no-store' })
    if (!response.ok || !response.body) return await refusalIn(response)
    for await (const bytes of chunksOf(response.body)) {
      callOff()
      callOff = giveUpIn(reading.silenceMs)
      parser.feed(decoder.decode(bytes, { stream: true }))
    }
  } catch {
    // A network that breaks is no more than an end.
  } finally {
    callOff()
    own.abort()
  }
  return undefined
}

async function refusalIn(response: Response): Promise<Refused | undefined> {
  const { error } = Object(await response.json().catch(() => null)) as Partial<Refused>
  return typeof error?.code === 'string' ? { ok: false, error } : undefined
}

/** Not every browser can iterate a stream. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
}
