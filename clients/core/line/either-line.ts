import type { Line } from './transport.ts'

/** Longer than a WebSocket takes to open anywhere. ms */
const patienceMs = 7_000

interface EitherLineDeps {
  first: Line
  /** Tells whenever the first gets through, whatever is said there then. */
  onThrough(listener: () => void): void
  /** Opened when the first does not get through and the rest does, as behind a proxy that lets no WebSocket through. */
  second(): Promise<Line>
  /** Whether the server is to be reached at all: without a network there is nothing to choose. */
  isReachable(): Promise<boolean>
  /** Answers how to call it off. */
  later(task: () => void, ms: number): () => void
}

/** Two ways to the server. */
export function createEitherLine({ first, onThrough, second, isReachable, later }: EitherLineDeps): Line {
  const registered: ((line: Line) => void)[] = []
  let current = first
  let isThrough = false
  let isClosed = false
  /** The first has been through: then it is as likely that the server was away. */
  let chances = 1
  let callOff = () => {}

  const register = (on: (line: Line) => void) => {
    registered.push(on)
    on(current)
  }
  const isLost = () => !isThrough && !isClosed && current === first
  const change = async () => {
    const next = await second().catch(() => null)
    if (!isLost()) return next?.close()
    // It did not come over the network, which may be all that is wrong.
    if (!next) return watch(1)
    current = next
    first.close()
    for (const on of registered) on(current)
  }
  const watch = (left: number) => {
    callOff()
    callOff = later(async () => {
      const isTried = await isReachable()
      if (!isLost()) return
      if (isTried && left <= 1) await change()
      else watch(isTried ? left - 1 : left)
    }, patienceMs)
  }

  onThrough(() => {
    isThrough = true
    chances = 2
    callOff()
  })
  first.onDown(() => {
    if (!isThrough) return
    isThrough = false
    if (isLost()) watch(chances)
  })
  watch(chances)

  return {
    on: (event, listener) => register((line) => line.on(event, listener)),
    onUp: (listener) => register((line) => line.onUp(() => line === current && listener())),
    onDown: (listener) => register((line) => line.onDown((refused) => line === current && listener(refused))),
    ask: (event, payload) => current.ask(event, payload),
    close() {
      isClosed = true
      callOff()
      current.close()
    },
  }
}
