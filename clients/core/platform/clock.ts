/** The server's time, as far as it is known: a machine's own clock may be wrong by hours. ms */
export interface Clock {
  now(): number
  /** The same for what is written: each time later than the one before. */
  stamp(): number
  /** The server did at `at` (ISO 8601) what was asked and answered then, by this machine's clock. */
  measure(at: unknown, askedAt: number, answeredAt: number): void
}

export function createClock(own: () => number): Clock {
  let offset = 0
  let last = 0
  const now = () => own() + offset
  return {
    now,
    stamp() {
      last = Math.max(now(), last + 1)
      return last
    },
    measure(at, askedAt, answeredAt) {
      const time = typeof at === 'string' ? Date.parse(at) : Number.NaN
      const [least, most] = [time - answeredAt, time - askedAt]
      // What fits stays: the time that is shown does not jump with each answer.
      if (Number.isNaN(time) || least > most || (least <= offset && offset <= most)) return
      offset = (least + most) / 2
      last = Math.min(last, now())
    },
  }
}
