import type { AskedReport } from '../../src/analytics/reports/make-report.ts'
import type { ReportBy } from '../../src/contract/analytics.ts'
import type { SimulatedFloor } from './simulate.ts'
import { day } from './wall-clock.ts'

/** Figures that both the roll-ups and the log itself can tell. */
export const counted = ['sessions', 'closed', 'visitor_messages', 'agent_messages', 'csat_score', 'first_response_avg']

export interface NamedReport {
  name: string
  report: AskedReport
}

const iso = (at: number): string => new Date(at).toISOString().slice(0, 10)

const spans: readonly { name: string; days: number; by: readonly ReportBy[] }[] = [
  { name: 'a day', days: 1, by: ['hour', 'agent', 'inbox', 'tag'] },
  { name: 'a week', days: 7, by: ['hour', 'day', 'agent', 'team', 'hour_of_week'] },
  { name: 'a month', days: 30, by: ['day', 'agent', 'tag', 'hour_of_day', 'channel'] },
  { name: 'a year', days: 365, by: ['month', 'day', 'agent', 'inbox', 'hour_of_week'] },
]

/** What people look at: each span by what it can be told by, plain, filtered and compared. `last`: the last day, ISO 8601. */
export function reportMix({ agents, inboxes }: SimulatedFloor, last: string): NamedReport[] {
  const keys = inboxes.map(({ settings }) => settings.key)
  const [agent] = agents
  const until = Date.parse(last)
  return spans.flatMap(({ name, days, by: all }) =>
    all.flatMap((by) => {
      const asked = { inboxes: keys, seesAgents: true, from: iso(until - (days - 1) * day), until: last } as const
      const plain: AskedReport = { ...asked, by, hours: 'calendar' }
      const time = by === 'hour' || by === 'day' || by === 'month'
      return [
        { name: `${name} by ${by}`, report: plain },
        {
          name: `${name} by ${by}, one inbox, business hours`,
          report: { ...plain, inboxes: keys.slice(0, 1), hours: 'business' },
        },
        { name: `${name} by ${by}, compared`, report: { ...plain, compare: 'previous' } },
        ...(time && agent
          ? [
              { name: `${name} by ${by}, one agent`, report: { ...plain, agent: agent.id } },
              { name: `${name} by ${by}, one tag`, report: { ...plain, tag: 'refund' } },
            ]
          : []),
      ] satisfies NamedReport[]
    }),
  )
}
