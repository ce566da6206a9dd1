import { RemoteFailure } from '../../src/bridge/port/failure.ts'
import type { Process, Schedule } from './schedule.ts'

/** What goes wrong with a call to a remote. `asleep`: its process sleeps before it leaves, for longer than it may. */
export type Mishap = 'refused' | 'limited' | 'lost before' | 'lost after' | 'late' | 'asleep'
export const mishaps: readonly Mishap[] = ['refused', 'limited', 'lost before', 'lost after', 'late', 'asleep']

/**
 * How long after it was sent a call may still have its effect. ms: what is left of `settle` when a call starts as late as
 * its lease allows.
 */
const travels = 45_000

/** The way to one remote: a call is sent, has its effect, is answered. */
export function aLine(schedule: Schedule, name: string, sleep: (process: Process) => void) {
  const coming: Mishap[] = []

  const effectUnder = <T>(mishap: Mishap | undefined, what: string, effect: () => T): T => {
    switch (mishap) {
      case 'refused':
        throw new RemoteFailure({ kind: 'transient' }, `${what}: try again`)
      case 'limited':
        throw new RemoteFailure({ kind: 'limited', scope: 'link', afterMs: 1_000 }, `${what}: too many`)
      case 'late':
        schedule.late(what, schedule.now() + travels, effect)
        throw new RemoteFailure({ kind: 'ambiguous' }, `${what}: timed out`)
      case 'lost before':
        throw new RemoteFailure({ kind: 'ambiguous' }, `${what}: connection reset`)
      case 'lost after':
      case 'asleep':
      case undefined:
        return effect()
    }
  }

  return {
    goWrong: (mishap: Mishap) => void coming.push(mishap),
    behave: () => void coming.splice(0),
    async call<T>(process: Process, method: string, effect: () => T): Promise<T> {
      const what = `${name} ${method}`
      let mishap: Mishap | undefined
      if (coming[0] === 'asleep') sleep(process)
      const run = () => {
        mishap = coming.shift()
        return effectUnder(mishap, what, effect)
      }
      const answer = await schedule.step(process, what, run, { travels })
      await schedule.step(process, `${what}, answered`, () => {
        if (mishap === 'lost after') throw new RemoteFailure({ kind: 'ambiguous' }, `${what}: answer lost`)
      })
      return answer
    },
  }
}

export type Line = ReturnType<typeof aLine>
