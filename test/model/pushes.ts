import type { Arrivals, InboxItem } from '../../src/bridge/port/arrival.ts'
import type { Schedule } from './schedule.ts'

/** A push is tried so often. */
const mostTries = 3

export type Stray = 'lost' | 'twice'

/** What the remotes tell us of, each on its own way and again for a while when it is not taken. */
export function pushesTo(schedule: Schedule, tell: (act: (arrivals: Arrivals) => Promise<void>) => Promise<void>) {
  const strays: { name: string; stray: Stray }[] = []

  const pushOne = async (name: string, item: InboxItem) => {
    for (let tried = 0; tried < mostTries; tried += 1) {
      await schedule.step(null, `push ${item.id}`, () => {}, { due: schedule.now() + tried * 1_000 })
      const isTold = await tell((arrivals) =>
        name === 'slack' ? arrivals.accept(name, [item]) : arrivals.look(name, item.thread),
      ).then(
        () => true,
        () => false,
      )
      if (isTold) return
    }
  }

  const strayOf = (name: string): Stray | undefined => {
    const index = strays.findIndex((one) => one.name === name)
    return index < 0 ? undefined : strays.splice(index, 1)[0]?.stray
  }

  return {
    /** The next one from there. */
    goAstray: (name: string, stray: Stray) => void strays.push({ name, stray }),
    behave: () => void strays.splice(0),
    from: (name: string) => (item: InboxItem) => {
      const stray = strayOf(name)
      if (stray !== 'lost') void pushOne(name, item)
      if (stray === 'twice') void pushOne(name, item)
    },
  }
}
