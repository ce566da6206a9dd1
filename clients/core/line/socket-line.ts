import { deferred } from '../platform/deferred.ts'
import type { Answer, Line, ServerEvent } from './transport.ts'

interface SocketLineDeps {
  url: string
  /** Asked for each time it connects: it may have been renewed. */
  token(): string | Promise<string>
  /** `data`: what the server refused with. The token will never be taken, so there is no use in trying again. */
  isRefused(data: unknown): boolean
  later(task: () => void, ms: number): unknown
  /** From 0 to 1. */
  random(): number
}

export interface SocketLine extends Line {
  /** Tells whenever the server has answered the WebSocket, whatever it says of the token. */
  onThrough(listener: () => void): void
}

type Listener = (data: never) => void
interface Opened {
  pingInterval: number
  pingTimeout: number
}

const answerWithinMs = 8_000
/** From opening the socket to being let in. */
const openWithinMs = 20_000
/** Of a server that is there and lets nobody in. */
const turnedAwayMs = (random: number) => 1_000 + 2_000 * random
/**
 * The first attempt comes within 1.1 s and the second within 3.3: many who lost one server do not come to the next in one
 * instant, and everybody is back within 5 s even if the first attempt meets the one that is gone.
 */
const pauseMs = (failures: number, random: number) => Math.min(3_000, 600 * 2 ** failures * (0.2 + 1.6 * random))

/** Of Engine.IO 4, and behind `4` of Socket.IO 5. */
const ping = '2'
const pong = '3'
const opened = '0'
const connect = '40'
const letOut = '41'
const event = '42'
const ack = '43'
const turnedAway = '44'

/**
 * Socket.IO as it goes over a WebSocket: text, one namespace, answers. Its own client is two fifths of what the widget may
 * weigh, most of it for ways to the server that are not taken here.
 */
export function createSocketLine({ url, token, isRefused, later, random }: SocketLineDeps): SocketLine {
  const listeners = new Map<string, Listener[]>()
  const questions = new Map<number, (answer: Answer | null) => void>()
  const address = `${url.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`
  const ups: (() => void)[] = []
  const downs: ((refused: boolean) => void)[] = []
  let through = () => {}
  let socket: WebSocket | null = null
  let isUp = false
  let isClosed = false
  let failures = 0
  let asked = 0
  let silence: ReturnType<typeof setTimeout> | undefined
  let hearsWithinMs = openWithinMs

  const down = (isRefusal: boolean) => {
    for (const listener of downs) listener(isRefusal)
  }
  /** Whoever hears nothing for so long has lost the server, whatever the browser says. */
  const heard = () => {
    clearTimeout(silence)
    silence = setTimeout(() => lost(), hearsWithinMs)
  }
  const letGo = () => {
    clearTimeout(silence)
    hearsWithinMs = openWithinMs
    isUp = false
    const gone = socket
    socket = null
    gone?.close()
    for (const answer of questions.values()) answer(null)
    questions.clear()
  }
  const lost = (pause: (random: number) => number = (random) => pauseMs(failures, random)) => {
    if (!socket) return
    letGo()
    down(false)
    later(open, pause(random()))
    failures += 1
  }
  const refused = (data: unknown) => {
    if (!isRefused(data)) return lost(turnedAwayMs)
    letGo()
    down(true)
  }
  const introduce = async () => {
    const own = socket
    const shown = await token()
    if (socket === own) own?.send(connect + JSON.stringify({ token: shown }))
  }

  const take = (packet: string) => {
    const kind = packet[0] === '4' ? packet.slice(0, 2) : (packet[0] ?? '')
    const rest = packet.slice(kind.length)
    switch (kind) {
      case opened: {
        const { pingInterval, pingTimeout }: Opened = JSON.parse(rest)
        hearsWithinMs = pingInterval + pingTimeout
        through()
        return void introduce()
      }
      case ping:
        return socket?.send(pong)
      case connect:
        failures = 0
        isUp = true
        for (const listener of ups) listener()
        return
      case turnedAway:
        return refused(JSON.parse(rest).data)
      case letOut:
        return lost()
      case event: {
        const [name, data]: [string, unknown] = JSON.parse(rest)
        for (const listener of listeners.get(name) ?? []) listener(data as never)
        return
      }
      case ack: {
        const at = rest.indexOf('[')
        questions.get(Number(rest.slice(0, at)))?.(JSON.parse(rest.slice(at))[0])
      }
    }
  }

  const open = () => {
    if (isClosed || socket) return
    const own = new WebSocket(address)
    socket = own
    heard()
    own.onmessage = ({ data }) => {
      if (socket !== own) return
      heard()
      take(String(data))
    }
    own.onclose = () => socket === own && lost()
  }
  const wentOffline = () => lost()
  // After whoever made the line has said what they listen to.
  later(open, 0)
  globalThis.addEventListener?.('offline', wentOffline)

  return {
    on: (name: ServerEvent, listener: unknown) =>
      void listeners.set(name, [...(listeners.get(name) ?? []), listener as Listener]),
    onUp: (listener) => void ups.push(listener),
    onDown: (listener) => void downs.push(listener),
    onThrough: (listener) => void (through = listener),
    ask(name, payload) {
      const { promise, resolve, reject } = deferred<Answer>()
      if (!isUp) return Promise.reject(new Error('not connected'))
      const id = (asked += 1)
      const settle = (answer: Answer | null) => {
        clearTimeout(patience)
        questions.delete(id)
        if (answer) resolve(answer)
        else reject(new Error(`no answer to ${name}`))
      }
      const patience = setTimeout(settle, answerWithinMs, null)
      questions.set(id, settle)
      socket?.send(`${event}${id}${JSON.stringify([name, payload])}`)
      return promise
    },
    close() {
      isClosed = true
      globalThis.removeEventListener?.('offline', wentOffline)
      letGo()
    },
  }
}
