import type { SavedView } from '../../../../src/contract/analytics.ts'
import { isDay } from './period.ts'
import {
  kindNames,
  type OneOf,
  type Period,
  periodNames,
  type Question,
  questionOf,
  sectionNames,
  splitNames,
} from './question.ts'

type Query = Readonly<Record<string, string | undefined>>

const oneOf = <T extends string>(names: readonly (readonly [T, string])[], text: string | undefined): T | undefined =>
  names.find(([name]) => name === text)?.[0]

const comparisons = [
  ['previous', ''],
  ['year', ''],
  ['none', ''],
] as const
const reckonings = [
  ['calendar', ''],
  ['business', ''],
] as const

/** What the address says, on top of `base`: the usual, or a saved view. What it says wrongly is left out. */
export function readQuestion(query: Query, base: Question): Question {
  const compare = oneOf(comparisons, query.compare)
  return {
    period: periodOf(query) ?? base.period,
    compare: compare === undefined ? base.compare : compare === 'none' ? null : compare,
    hours: oneOf(reckonings, query.hours) ?? base.hours,
    inboxes: query.inbox === undefined ? base.inboxes : query.inbox.split(',').filter(Boolean),
    filter: filterOf(query, base.filter),
    section: oneOf(sectionNames, query.show) ?? base.section,
    by: oneOf(splitNames, query.by) ?? base.by,
    drawn: query.draw === undefined ? base.drawn : query.draw || null,
  }
}

function periodOf({ period, from, until }: Query): Period | undefined {
  if (from !== undefined && until !== undefined && isDay(from) && isDay(until) && from <= until)
    return { kind: 'days', days: { from, until } }
  const name = oneOf(periodNames, period)
  return name && { kind: 'named', name }
}

/** Empty text takes the filter of the base away. */
function filterOf(query: Query, base: OneOf): OneOf {
  const [kind] = kindNames.find(([name]) => query[name] !== undefined) ?? []
  const value = kind && query[kind]
  if (kind === undefined || value === undefined) return base
  return value === '' ? null : asFilter(kind, value)
}

/** The API's types want to know which kind it is. */
export function asFilter(kind: string, value: string): OneOf {
  switch (kind) {
    case 'agent':
    case 'team':
    case 'tag':
      return { kind, value }
    case 'channel':
      return value === 'web' || value === 'mobile' || value === 'api' ? { kind, value } : null
    default:
      return null
  }
}

/** What differs from the base, as a query; empty: nothing does. */
export function writeQuestion(question: Question, base: Question): string {
  const { period, compare, hours, inboxes, filter, section, by, drawn } = question
  const query = new URLSearchParams()
  const put = (name: string, value: string, isSame: boolean) => !isSame && query.set(name, value)
  if (!isSame(period, base.period))
    for (const [name, value] of period.kind === 'named' ? [['period', period.name]] : Object.entries(period.days))
      query.set(String(name), String(value))
  put('compare', compare ?? 'none', compare === base.compare)
  put('hours', hours, hours === base.hours)
  put('inbox', inboxes.join(','), isSame(inboxes, base.inboxes))
  if (filter) put(filter.kind, filter.value, isSame(filter, base.filter))
  else if (base.filter) query.set(base.filter.kind, '')
  put('show', section, section === base.section)
  put('by', by, by === base.by)
  put('draw', drawn ?? '', drawn === base.drawn)
  // Commas may stand in a query as they are, and are easier to read.
  const text = query.toString().replaceAll('%2C', ',')
  return text === '' ? '' : `?${text}`
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

/** Whether a saved view would be another one with this. Days that are fixed are none of a view's, which moves along. */
export const isChanged = ({ period, ...question }: Question, base: Question): boolean => {
  const moving = period.kind === 'named' ? period : base.period
  return writeQuestion({ ...question, period: moving, section: base.section, drawn: base.drawn }, base) !== ''
}

export const addressOfReports = (view: string | null): string =>
  view === null ? '/console/reports' : `/console/reports/${view}`

/** Where a view stands that has just been saved: what it does not keep stays in the address. */
export function addressOfSaved(view: SavedView, { period, drawn }: Question): string {
  const base = questionOf(view)
  const stays = { ...base, drawn, period: period.kind === 'named' ? base.period : period }
  return `${addressOfReports(view.id)}${writeQuestion(stays, base)}`
}
