import type { Call } from '../stage.ts'
import type { Widget } from './widget.ts'

type Listener = (detail: unknown) => void
const isListener = (value: unknown): value is Listener => typeof value === 'function'

export interface Listeners {
  on(event: unknown, listener: unknown): void
  off(event: unknown, listener: unknown): void
  emit(event: string, detail?: unknown): void
}

/** What a listener throws is its own. */
export function createListeners(): Listeners {
  const listeners = new Map<unknown, Set<Listener>>()
  const of = (event: unknown) => listeners.get(event) ?? new Set()
  return {
    on: (event, listener) => void (isListener(listener) && listeners.set(event, of(event).add(listener))),
    off: (event, listener) => void (isListener(listener) && of(event).delete(listener)),
    emit(event, detail) {
      for (const listener of of(event)) queueMicrotask(() => listener(detail))
    },
  }
}

/** What a site can say: docs/widget.md. */
export function commandsFor(widget: Widget, { on, off }: Listeners): (call: Call) => void {
  const commands = new Map<unknown, (first: unknown, second: unknown) => void>([
    ['open', () => widget.show(true)],
    ['close', () => widget.show(false)],
    ['toggle', widget.toggle],
    ['greet', widget.greet],
    ['hide', () => widget.withdraw()],
    ['show', () => {}],
    ['identify', (token) => widget.tell({ deskbridge: 'identify', token: String(token) })],
    ['update', (facts) => widget.tell({ deskbridge: 'update', facts })],
    ['language', (code) => widget.speak(String(code))],
    ['on', on],
    ['off', off],
    ['shutdown', () => widget.forget()],
  ])
  return ({ 0: name, 1: first, 2: second }) => {
    const command = commands.get(name)
    if (command) command(first, second)
    else console.warn('Deskbridge does not know', name)
  }
}
