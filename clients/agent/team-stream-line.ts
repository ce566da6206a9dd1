import { readStream, streamTimes } from '../core/line/stream-line.ts'
import type { Line } from '../core/line/transport.ts'

type Listener = (data: never) => void

interface TeamStreamDeps {
  url: string
  token(): Promise<string>
  /** The token will never be taken, so there is no use in trying again. */
  isRefused(error: unknown): boolean
  later(task: () => void, ms: number): () => void
  /** From 0 to 1. */
  random(): number
}

/** What agents are told outside of a chat, as a stream that comes back by itself. Nothing is asked over it. */
export function createTeamStreamLine({ url, token, isRefused, later, random }: TeamStreamDeps): Line {
  const listeners = new Map<string, Listener[]>()
  const ups: (() => void)[] = []
  const downs: ((refused: boolean) => void)[] = []
  let own = new AbortController()
  let isClosed = false
  /** As the server wants it: not all at one instant. ms */
  let comeBack: number | null = null

  const take = (event: string, data: unknown) => {
    if (isClosed) return
    if (event === 'ready') for (const listener of ups) listener()
    for (const listener of listeners.get(event) ?? []) listener(data as never)
  }
  const open = async (): Promise<void> => {
    const shown = await token()
    if (isClosed) return
    own = new AbortController()
    const refusal = await readStream({
      address: `${url}/api/chat/agents/me/stream`,
      token: shown,
      own,
      ...streamTimes,
      later,
      take,
      comesBackIn(ms) {
        comeBack = ms
      },
    })
    if (isClosed) return
    const isOver = refusal !== undefined && isRefused(refusal.error)
    for (const listener of downs) listener(isOver)
    if (!isOver && !isClosed) later(() => void open(), comeBack ?? 500 + 2_000 * random())
  }
  // After whoever made the line has said what they listen to.
  later(() => void open(), 0)

  return {
    on: (event, listener) => void listeners.set(event, [...(listeners.get(event) ?? []), listener as Listener]),
    onUp: (listener) => void ups.push(listener),
    onDown: (listener) => void downs.push(listener),
    ask: (event) => Promise.reject(new Error(`${event} is not asked here`)),
    close() {
      isClosed = true
      own.abort()
    },
  }
}
