import type { Doorbell, Scheduler, Work } from '../../src/bridge/doorbell.ts'
import type { Process, Schedule } from './schedule.ts'

/** A ring is on its way for so long at most. ms */
const travels = 1_000

/** Jobs that anybody may take in any order, and that are gone when Redis is emptied. */
export function aQueue(schedule: Schedule) {
  let jobs: Work[] = []
  let emptied = 0

  const add = (work: readonly Work[]) => {
    const isWaiting = (one: Work) => jobs.some(({ kind, link }) => kind === one.kind && link === one.link)
    for (const one of work) if (!isWaiting(one)) jobs.push(one)
  }

  return {
    waiting: () => jobs.length,
    take: () => jobs.splice(schedule.pick(jobs.length), 1)[0],
    empty() {
      jobs = []
      emptied += 1
    },
    producerFor(process: Process): Doorbell & Scheduler {
      const ring = (work: readonly Work[]) => schedule.step(process, 'ring', () => add(work), { travels })
      return {
        ring,
        insist: ring,
        async wakeAt(work, at) {
          const before = emptied
          const wake = () => void (emptied === before && add([work]))
          const put = () => void schedule.step(null, `wake ${work.link}`, wake, { due: at })
          await schedule.step(process, 'wake later', put, { travels })
        },
      }
    },
  }
}

export type Queue = ReturnType<typeof aQueue>
