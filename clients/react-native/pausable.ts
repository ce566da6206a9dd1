import type { Line, Transport } from '../core/index.ts'

/** A way to the service that can be closed for a while. Whoever listens hears that it is down, and later goes on from where they were. */
export interface Pausable {
  transport: Transport
  pause(): void
  resume(): void
}

type PausableLine = Line & { pause(): void; resume(): void }

export function createPausable(transport: Transport): Pausable {
  const lines = new Set<PausableLine>()
  let isPaused = false
  return {
    transport: {
      ...transport,
      connect(token) {
        const line = createPausableLine(() => transport.connect(token))
        if (isPaused) line.pause()
        lines.add(line)
        const close = () => {
          lines.delete(line)
          line.close()
        }
        return { ...line, close }
      },
    },
    pause() {
      isPaused = true
      for (const line of lines) line.pause()
    },
    resume() {
      isPaused = false
      for (const line of lines) line.resume()
    },
  }
}

function createPausableLine(open: () => Line): PausableLine {
  const registered: ((line: Line) => void)[] = []
  let current: Line | null = open()
  let down = (_refused: boolean) => {}

  const register = (on: (line: Line) => void) => {
    registered.push(on)
    if (current) on(current)
  }
  const shut = () => {
    const closed = current
    current = null
    closed?.close()
  }
  return {
    on: (event, listener) => register((line) => line.on(event, listener)),
    onUp: (listener) => register((line) => line.onUp(() => line === current && listener())),
    onDown(listener) {
      down = listener
      register((line) => line.onDown((refused) => line === current && listener(refused)))
    },
    ask: async (event, payload) => {
      if (!current) throw new Error('the app is in the background')
      return current.ask(event, payload)
    },
    pause() {
      if (!current) return
      shut()
      down(false)
    },
    resume() {
      if (current) return
      const line = open()
      current = line
      for (const on of registered) on(line)
    },
    close: shut,
  }
}
