import type { Line } from './transport.ts'

/** Longer than a WebSocket takes to open anywhere. ms */
const patienceMs = 7_000

interface EitherLineDeps {
  first: Line
  /** Opened when the first was never up by then, as behind a proxy that lets no WebSocket through. */
  second(): Line
  later(task: () => void, ms: number): void
}

/** Two ways to the server. The one that was up once is kept. */
export function createEitherLine({ first, second, later }: EitherLineDeps): Line {
  const registered: ((line: Line) => void)[] = []
  let current = first
  let wasUp = false
  let isClosed = false

  const register = (on: (line: Line) => void) => {
    registered.push(on)
    on(current)
  }
  later(() => {
    if (wasUp || isClosed) return
    first.close()
    current = second()
    for (const on of registered) on(current)
  }, patienceMs)

  return {
    on: (event, listener) => register((line) => line.on(event, listener)),
    onUp: (listener) =>
      register((line) =>
        line.onUp(() => {
          if (line !== current) return
          wasUp = true
          listener()
        }),
      ),
    onDown: (listener) => register((line) => line.onDown((refused) => line === current && listener(refused))),
    ask: (event, payload) => current.ask(event, payload),
    close() {
      isClosed = true
      current.close()
    },
  }
}
