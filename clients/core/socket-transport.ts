import { io, type Socket } from 'socket.io-client'
import { createEitherLine } from './either-line.ts'
import { createHttp } from './http.ts'
import { canStream, createStreamLine } from './stream-line.ts'
import type { Answer, Line, Transport } from './transport.ts'

const answerWithinMs = 8_000
/**
 * The first attempt comes within 1.1 s and the second within 3.3: many who lost one server do not come to the next in one
 * instant, and everybody is back within 5 s even if the first attempt meets the one that is gone.
 */
const reconnecting = { reconnectionDelay: 600, reconnectionDelayMax: 3_000, randomizationFactor: 0.8 }
/** Of a server that is there and lets nobody in. */
const turnedAwayMs = () => 1_000 + 2_000 * Math.random()

/** Whether the token that was shown is not accepted. */
export const isRefusal = (error: Error): boolean =>
  'data' in error &&
  typeof error.data === 'object' &&
  error.data !== null &&
  'code' in error.data &&
  error.data.code === 'unauthorized'

/** Socket.io over WebSocket, a stream of server-sent events where that does not get through, and fetch for the rest. */
export function createSocketTransport(url: string): Transport {
  const http = createHttp(url)
  return {
    ...http,
    connect(token) {
      const socket = openSocket(url, (show) => show({ token: token() }))
      const first = lineOver(socket, isRefusal)
      if (!canStream()) return first
      return createEitherLine({
        first,
        onThrough: (listener) => void socket.io.on('open', listener),
        second: () => createStreamLine({ url, token, call: http.call, later, random: Math.random }),
        isReachable: () => isReachable(url),
        later,
      })
    },
  }
}

const later = (task: () => void, ms: number) => {
  const timer = setTimeout(task, ms)
  return () => clearTimeout(timer)
}

/** Whatever it answers. */
const isReachable = (url: string): Promise<boolean> =>
  fetch(`${url}/healthz`, { method: 'HEAD', mode: 'no-cors', cache: 'no-store' }).then(
    () => true,
    () => false,
  )

interface Shown {
  token: string
}

/** `auth`: what is shown, or is asked for each time it connects. */
export const openSocket = (url: string, auth: Shown | ((show: (auth: Shown) => void) => void)): Socket =>
  io(url, { auth, transports: ['websocket'], ...reconnecting, forceNew: true })

/** `isRefused`: the token will never be taken, so there is no use in trying again. */
export function lineOver(socket: Socket, isRefused: (error: Error) => boolean): Line {
  const downs: ((refused: boolean) => void)[] = []
  let isClosed = false
  const down = (refused: boolean) => {
    for (const listener of downs) if (!isClosed) listener(refused)
  }
  const comeBackIn = (ms: number) => void later(() => !isClosed && socket.connect(), ms)

  socket.on('disconnect', (reason) => {
    down(false)
    // The server ends connections when it stops; another one takes over.
    if (reason === 'io server disconnect') comeBackIn(0)
  })
  socket.on('connect_error', (error) => {
    const refused = isRefused(error)
    down(refused)
    if (!socket.active && !refused) comeBackIn(turnedAwayMs())
  })
  return {
    on: (event, listener) => void socket.on(event as string, listener as (...args: unknown[]) => void),
    onUp: (listener) => void socket.on('connect', listener),
    onDown: (listener) => void downs.push(listener),
    ask: async (event, payload) => (await socket.timeout(answerWithinMs).emitWithAck(event, payload)) as Answer,
    close() {
      isClosed = true
      socket.close()
    },
  }
}
