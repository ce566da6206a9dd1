/** `typed`: a letter came. `added`: there is one more bubble. `shown`: a sheet lies over the page. `scrolled`: the list has moved. */
export type Outcome = 'typed' | 'added' | 'shown' | 'scrolled'

/** One interaction. */
export interface Taken {
  /** From the event's own time until what it changed was painted. ms */
  took: number
  /** What Event Timing says of the same, in steps of 8; null: under 16, of which it says nothing. ms */
  told: number | null
}

export interface Probe {
  /** When the pointer was pressed last, by a clock that the page and its frame share. ms */
  pressed: number
  /** Waits for the next event of this kind, and then until a frame with its outcome is painted. */
  arm(event: string, outcome: Outcome): void
  taken(): Promise<Taken>
  /** How long a fixed piece of work takes. ms */
  work(): number
}

/** Runs in every page and frame before anything else, so that it stands alone. */
export function install(): void {
  const now = () => performance.timeOrigin + performance.now()
  /** More than the slowest takes: what has not come by then never comes. ms */
  const patience = 30_000
  const told = globalThis as unknown as { probe: Probe; composerIsReady?(at: number): void }
  const durations = new Map<string, number>()
  const keyOf = (event: string, timeStamp: number) => `${event} ${timeStamp.toFixed(1)}`
  let taken: Promise<Taken> = new Promise(() => {})
  let letters = 0

  const bubbles = () =>
    document.querySelectorAll('[data-test=widget-pending], [data-test=widget-message], #list > p').length
  const top = () => document.querySelector('.messages, #list')?.scrollTop ?? 0
  const counts: Record<Outcome, () => number> = {
    typed: () => letters,
    added: bubbles,
    shown: () => document.querySelectorAll('.sheet').length,
    scrolled: top,
  }

  /** After the frame that the browser makes next: what is posted in its beginning is read behind its end. */
  const painted = (then: () => void, isThere = () => true) =>
    requestAnimationFrame(() => {
      if (!isThere()) return void painted(then, isThere)
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => then()
      port2.postMessage(null)
    })
  const take = (event: string, outcome: Outcome) =>
    new Promise<Taken>((resolve, reject) => {
      setTimeout(() => reject(new Error(`after ${event} nothing is ${outcome}`)), patience)
      const before = counts[outcome]()
      const heard = ({ timeStamp }: Event) =>
        painted(
          () => {
            const took = performance.now() - timeStamp
            // The browser's own figure comes a little later.
            const tell = () => resolve({ took, told: durations.get(keyOf(event, timeStamp)) ?? null })
            painted(() => painted(() => painted(() => setTimeout(tell))))
          },
          () => counts[outcome]() !== before,
        )
      addEventListener(event, heard, { capture: true, once: true, passive: true })
    })

  told.probe = {
    pressed: 0,
    arm: (event, outcome) => void (taken = take(event, outcome)),
    taken: () => taken,
    work() {
      const from = performance.now()
      let sum = 0
      for (let n = 0; n < 5_000_000; n += 1) sum += Math.sqrt(n)
      return sum > 0 ? performance.now() - from : 0
    },
  }
  addEventListener('input', () => void (letters += 1), true)
  addEventListener('pointerdown', ({ timeStamp }) => (told.probe.pressed = performance.timeOrigin + timeStamp), true)
  addEventListener(
    'focusin',
    ({ target }) => {
      if (target instanceof HTMLTextAreaElement) painted(() => told.composerIsReady?.(now()))
    },
    true,
  )
  new PerformanceObserver((list) => {
    for (const { name, startTime, duration } of list.getEntries()) durations.set(keyOf(name, startTime), duration)
  }).observe({ type: 'event', buffered: true, durationThreshold: 16 } as PerformanceObserverInit)
}
