import type { Calendar } from '../calendar/calendar.ts'
import type { Facts, Wait } from './facts.ts'
import { isQueued } from './standing.ts'
import { type Step, took } from './step.ts'
import type { Talk } from './track-talk.ts'

/** How long a chat waited for somebody, and who had it how long. */
export function trackHands(calendar: Calendar, talk: Pick<Talk, 'life' | 'people'>) {
  let queuedAt: number | null = null
  let held: { by: string; team: string | null; from: number } | null = null
  const waits: Wait[] = []
  const holds: Facts['held'][number][] = []
  const transfers: Facts['transfers'][number][] = []

  const queue = ({ at, before, after }: Step) => {
    if (isQueued(after)) queuedAt ??= at
    if (isQueued(after) || queuedAt === null) return
    const served = after.status === 'active'
    waits.push({
      ...{ from: queuedAt, until: Math.max(at, queuedAt), ...took(calendar, queuedAt, at), served },
      ...{ by: after.assignee?.id ?? (served ? talk.life().answeredBy : null), team: before?.team ?? null },
    })
    queuedAt = null
  }

  const hands = ({ at, after: { assignee, team } }: Step) => {
    if (assignee) talk.people.set(assignee.id, assignee.name)
    if (assignee?.id === held?.by) return
    if (held) holds.push({ ...held, until: Math.max(at, held.from) })
    held = assignee ? { by: assignee.id, team, from: at } : null
  }

  return {
    take(step: Step) {
      const { event, at, before } = step
      queue(step)
      hands(step)
      if (event.type === 'transferred' && before?.status !== 'closed')
        transfers.push({ at, by: before?.assignee?.id ?? null, team: before?.team ?? null })
    },
    facts: () => ({ waits, held: holds, transfers }),
  }
}
