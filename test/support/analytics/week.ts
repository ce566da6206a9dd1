import type { AskedReport } from '../../../src/analytics/reports/make-report.ts'
import { LogEvent } from '../../../src/contract/event.ts'
import { bytesFrom, createIds } from '../../../src/platform/ids.ts'
import type { TestAnalytics } from './world.ts'

export const minute = 60_000
export const hour = 60 * minute
/** A Monday. */
const monday = Date.parse('2026-11-16T00:00:00Z')
/** So long after its midnight. */
export const at = (hours: number, minutes = 0) => monday + hours * hour + minutes * minute

/** That day and the next one, of an inbox that is always open. */
export const days = { from: '2026-11-16', until: '2026-11-17' }
export const asked: AskedReport = { ...days, by: 'day', hours: 'calendar', inboxes: ['always'], seesAgents: false }

/** The totals of a report, as many as there are ids of metrics. */
export async function totalsIn(world: Pick<TestAnalytics, 'report'>, query: Partial<AskedReport>, metrics: string[]) {
  const { total } = await world.report({ ...asked, ...query, metrics })
  return metrics.map((id) => total[id]?.value)
}

type Step = [at: number, type: string, actor: object, body: object]

const routing = { kind: 'system', rule: 'routing' }
const text = { messageType: 'text', content: 'words', internal: false }

/** What happens in chats, step by step, with Bo as the agent. `seed`: of all ids. */
export function aWeek(seed: string) {
  const ids = createIds(bytesFrom(seed))
  const bo = { id: ids.agent(), name: 'Bo' }
  const asks = (time: number): Step => [time, 'message', { kind: 'visitor', id: ids.visitor() }, text]
  const says = (time: number, by = bo): Step => [time, 'message', { kind: 'agent', ...by }, text]
  const taken = (time: number): Step => [time, 'assigned', routing, { agent: bo, reason: 'taken' }]
  const closed = (time: number): Step => [time, 'session_closed', routing, { resolution: 'r', reason: 'agent' }]

  /** A chat's log, from its first step on. */
  const aLog = (inbox: string, steps: readonly Step[]): LogEvent[] => {
    const session = ids.session()
    const visitor = { id: ids.visitor() }
    const begun: Step = [
      steps[0]?.[0] ?? monday,
      'session_started',
      { kind: 'visitor', id: visitor.id },
      { epoch: ids.epoch(), inbox, channel: 'web', visitor },
    ]
    return [begun, ...steps].map(([time, type, actor, body], index) =>
      LogEvent.parse({
        ...{ _id: ids.event(), session, seq: index + 1, key: `auto:step:${index}`, version: 1 },
        ...{ at: new Date(time), origin: 'deskbridge', type, actor, body },
      }),
    )
  }
  return { ids, bo, asks, says, taken, closed, aLog }
}
