import { setImmediate } from 'node:timers/promises'
import { farAhead } from '../support/far-ahead.ts'

/** A process of ours: it ends at any await, or sleeps at one for as long as it pleases the history. */
export interface Process {
  readonly name: string
  isAlive: boolean
  isAsleep: boolean
}

interface Step {
  name: string
  process: Process | null
  isReady(): boolean
  /** Epoch ms at which it becomes ready by itself. */
  due?: number
  /** Epoch ms after which it can no longer happen. */
  until?: number
  /** On its way out of its process for so long, which can end meanwhile. ms */
  travels?: number
  run(): void
}

export interface StepOptions {
  isReady?(): boolean
  due?: number
  travels?: number
}

/** So many are no history, but a loop. */
const mostSteps = 20_000
const forEver = Number.MAX_SAFE_INTEGER

/**
 * Everything that could happen next, of which one thing does. While it is free the tape chooses, and without more of it,
 * or in order, it is what has waited longest; so a shorter tape is a simpler history.
 */
export function aSchedule(tape: readonly number[]) {
  let steps: Step[] = []
  let now = farAhead
  let position = 0
  let taken = 0
  let isFree = false
  const idle: Omit<Step, 'process'>[] = []

  const pick = (count: number): number => (isFree && count > 1 ? (tape[position++] ?? 0) % count : 0)
  const canRun = ({ process, isReady, due = 0 }: Step) => !process?.isAsleep && due <= now && isReady()

  const passTo = (at: number) => {
    const over = steps.filter(({ until = forEver }) => until < at)
    steps = steps.filter(({ until = forEver }) => until >= at)
    for (const step of over) if (pick(2) === 1) step.run()
    now = Math.max(now, at)
  }

  const choose = (): { run(): void } | null => {
    const ready = steps.filter(canRun)
    const others = idle.filter((one) => one.isReady())
    const all = [...ready, ...others]
    const chosen = all[pick(all.length)]
    const index = steps.indexOf(chosen as Step)
    if (index >= 0) steps.splice(index, 1)
    return chosen ?? null
  }

  const nextDue = () => Math.min(...steps.filter(({ process }) => !process?.isAsleep).map(({ due = forEver }) => due))

  return {
    now: () => now,
    pick,
    /** From now on the tape chooses; or nothing does. */
    free: (whether: boolean) => void (isFree = whether),
    taken: () => taken,

    /** One await of a process, which goes on when it is this step's turn and never once the process has ended. */
    step<T>(process: Process | null, name: string, run: () => T, options: StepOptions = {}): Promise<T> {
      return new Promise((resolve, reject) => {
        if (process && !process.isAlive) return
        const isGone = () => process && !process.isAlive
        steps.push({
          name: `${process?.name ?? 'world'}: ${name}`,
          process,
          isReady: () => true,
          ...options,
          run() {
            try {
              const value = run()
              if (!isGone()) resolve(value)
            } catch (error) {
              if (!isGone()) reject(error)
            }
          },
        })
      })
    },

    /** May happen until `until`, or not at all. */
    late(name: string, until: number, run: () => void) {
      steps.push({ name: `late: ${name}`, process: null, isReady: () => true, until, run })
    },

    /** What goes on by itself, whenever there is reason to. */
    always(name: string, isReady: () => boolean, run: () => void) {
      idle.push({ name, isReady, run })
    },

    /** Nothing more happens in the process; what it has sent may still arrive. */
    end(process: Process) {
      process.isAlive = false
      const own = steps.filter((step) => step.process === process)
      const sent = own.filter(({ travels }) => travels !== undefined && pick(2) === 1)
      steps = steps.filter((step) => step.process !== process)
      for (const step of sent) steps.push({ ...step, process: null, until: now + (step.travels ?? 0) })
    },

    pass: (ms: number) => passTo(now + ms),

    /** Until nothing is left that could happen. `between`: before each step; answers whether it did something itself. */
    async run(between: () => boolean = () => false): Promise<void> {
      for (;;) {
        const acted = between()
        const step = choose()
        if (step) {
          taken += 1
          if (taken > mostSteps) throw new Error(`no end: ${steps.map(({ name }) => name).join(', ')}`)
          now += 1
          step.run()
        } else if (!acted) {
          const due = nextDue()
          if (due >= forEver) return
          passTo(due)
        }
        await setImmediate()
      }
    },
  }
}

export type Schedule = ReturnType<typeof aSchedule>
