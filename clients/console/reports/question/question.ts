import type { NewView, SavedView, ShownMetric, ViewPeriod } from '../../../../src/contract/analytics.ts'
import type { Reckoning } from '../../../../src/contract/measures.ts'
import type { MetricGroup } from '../../../../src/contract/metric.ts'
import type { SignedInAgent } from '../../../../src/contract/sign-in.ts'
import { type Days, daysOf } from '../../../../src/contract/view-days.ts'

export type Period = { kind: 'named'; name: ViewPeriod } | { kind: 'days'; days: Days }
/** The chats of one agent, one team, one channel or one tag; null: all. */
export type OneOf = NewView['filter']
export type Kind = NonNullable<OneOf>['kind']
/** What the figures are told apart by. */
export type SplitBy = 'inbox' | Kind | 'hour_of_week'
/** `summary`: what matters most, or what a saved view has. */
export type Section = 'summary' | MetricGroup

/** What somebody wants to know; all of it stands in the address. */
export interface Question {
  period: Period
  compare: 'previous' | 'year' | null
  hours: Reckoning
  /** Keys; empty: all. */
  inboxes: readonly string[]
  filter: OneOf
  section: Section
  by: SplitBy
  /** The metric that is drawn; null: the first that is shown. */
  drawn: string | null
}

export const periodNames = [
  ['today', 'Today'],
  ['yesterday', 'Yesterday'],
  ['7_days', 'Last 7 days'],
  ['30_days', 'Last 30 days'],
  ['90_days', 'Last 90 days'],
  ['this_month', 'This month'],
  ['last_month', 'Last month'],
  ['year', 'Last 365 days'],
] as const satisfies readonly (readonly [ViewPeriod, string])[]

export const kindNames = [
  ['agent', 'Agent'],
  ['team', 'Team'],
  ['channel', 'Channel'],
  ['tag', 'Tag'],
] as const satisfies readonly (readonly [Kind, string])[]

export const splitNames = [
  ['inbox', 'Inboxes'],
  ['agent', 'Agents'],
  ['team', 'Teams'],
  ['channel', 'Channels'],
  ['tag', 'Tags'],
  ['hour_of_week', 'Busiest hours'],
] as const satisfies readonly (readonly [SplitBy, string])[]

export const sectionNames = [
  ['summary', 'Summary'],
  ['volume', 'Volume'],
  ['speed', 'Speed'],
  ['queue', 'Queue'],
  ['quality', 'Quality'],
  ['agents', 'Agents'],
  ['bridge', 'Slack, Zendesk, webhooks'],
] as const satisfies readonly (readonly [Section, string])[]

/** The agents' time is of the whole installation, and is not told to those who see some inboxes alone. */
export const seesAgents = ({ inboxes }: Pick<SignedInAgent, 'inboxes'>): boolean => inboxes.length === 0

export const sectionsFor = (me: Pick<SignedInAgent, 'inboxes'>) =>
  sectionNames.filter(([section]) => section !== 'agents' || seesAgents(me))

const channelNames: Readonly<Record<string, string>> = { web: 'Web', mobile: 'Mobile app', api: 'API' }

/** What a line is called: channels have no name of their own. */
export const nameOfLine = (by: string, { key, label }: { key: string; label: string }): string =>
  by === 'channel' ? (channelNames[key] ?? label) : label

/** What is shown to whoever asked for nothing in particular. */
export const usual: Question = {
  period: { kind: 'named', name: '30_days' },
  compare: 'previous',
  hours: 'calendar',
  inboxes: [],
  filter: null,
  section: 'summary',
  by: 'inbox',
  drawn: null,
}

export const isSplit = (by: string): by is SplitBy => splitNames.some(([name]) => name === by)

export const questionOf = ({ period, compare, hours, inboxes, filter, by }: SavedView): Question => ({
  ...usual,
  period: { kind: 'named', name: period },
  compare,
  hours,
  inboxes,
  filter,
  by: isSplit(by) ? by : usual.by,
})

export const daysIn = (period: Period, today: string): Days =>
  period.kind === 'named' ? daysOf(period.name, today) : period.days

/** Figures of two things at once are not kept, apart from those of an inbox. */
export const canSplit = (by: SplitBy, filter: OneOf): boolean => filter === null || by === 'inbox' || by === filter.kind

type Known = Pick<ShownMetric, 'notOf'>

/** Not every figure is known of a single one of everything. */
export const isKnownBy = (by: SplitBy, filter: OneOf, { notOf }: Known): boolean =>
  !notOf.some((one) => one === by || one === filter?.kind)

/** By what these can be told apart. */
export const splitsOf = (filter: OneOf, metrics: readonly Known[]) =>
  splitNames.filter(([by]) => canSplit(by, filter) && metrics.some((metric) => isKnownBy(by, filter, metric)))

/** What was asked for, or the first of those that there are; undefined: there is none. */
export const splitOf = (all: ReturnType<typeof splitsOf>, by: SplitBy) => all.find(([one]) => one === by) ?? all[0]

/** As the routes of analytics take it. */
export const narrowedBy = ({ hours, inboxes, filter }: Pick<Question, 'hours' | 'inboxes' | 'filter'>) => ({
  hours,
  ...(inboxes.length > 0 && { inbox: inboxes.join(',') }),
  ...(filter && { [filter.kind]: filter.value }),
})

export type Narrowed = ReturnType<typeof narrowedBy>
