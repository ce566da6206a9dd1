import type { Connection } from 'mongoose'
import type { TracedChat, TracedQuery } from '../../contract/analytics.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { metricOf } from '../../contract/metrics.ts'
import type { Days } from '../../contract/view-days.ts'
import type { Calendars } from '../calendar/calendars.ts'
import { factsOf, type StoredFacts } from '../facts/facts.ts'
import { emptyCell } from '../rollups/cell.ts'
import { type Contribution, contributionsOf } from '../rollups/contributions.ts'
import { linesOfHour, monthOf } from '../rollups/keys.ts'
import type { Stretch } from '../rollups/stored.ts'
import { addStored, type Told } from '../rollups/stored-cell.ts'
import { dayBefore } from './days.ts'
import { filterOf, isKnownOf } from './line-of.ts'
import { type Needs, needsOf } from './needs.ts'
import { type FoundRollup, readRollups } from './read-rollups.ts'

export interface TraceDeps {
  connection: Connection
  calendars: Calendars
}

export type AskedTrace = Omit<TracedQuery, 'inbox'> & { inboxes: readonly string[] }

/** Chats of the newest hours first; `cursor`: where to go on. */
export async function trace(
  deps: TraceDeps,
  query: AskedTrace,
): Promise<{ chats: TracedChat[]; cursor: string | null }> {
  const metric = metricOf(query.metric)
  const refused = (problem: string) => new DeskbridgeError('invalid_input', { details: [{ path: 'metric', problem }] })
  if (!metric?.traceable) throw refused('is not made of chats')
  const filter = filterOf(query)
  if (filter && !isKnownOf(filter.line, metric)) throw refused(`is not known of one ${filter.line}`)
  const needs = needsOf([metric])
  const chats: TracedChat[] = []
  for await (const { month, start, inboxes } of hoursBack(deps.connection, query, needs)) {
    // Whole hours, so that the place to go on is one.
    if (chats.length >= query.limit) return { chats, cursor: `${month}_${start + 1}` }
    for (const inbox of inboxes) chats.push(...(await chatsIn(deps, query, { needs, inbox, start })))
  }
  return { chats, cursor: null }
}

interface Hour {
  month: string
  start: number
  inboxes: string[]
}

/** Hours in which something of it was counted, the latest first. */
async function* hoursBack(connection: Connection, query: AskedTrace, needs: Needs): AsyncGenerator<Hour> {
  const place = placeOf(query.cursor)
  for (const stretch of backwards(query)) {
    const month = monthOf(stretch.from)
    if (place && month > place.month) continue
    const before = place?.month === month ? place.before : Number.POSITIVE_INFINITY
    const counted = (inboxes: readonly string[], of: Stretch) => countedIn(connection, inboxes, of, { needs, query })
    const days = await counted(query.inboxes, { grain: 'day', ...stretch })
    const hours = await Promise.all(
      days.map(({ inbox, key }) => counted([inbox], { grain: 'hour', from: key, until: key })),
    )
    const asked = hours.flat().filter(({ key }) => query.hour === undefined || linesOfHour(key).includes(query.hour))
    const byStart = Map.groupBy(asked, ({ start }) => start.getTime())
    for (const start of [...byStart.keys()].sort((a, b) => b - a))
      if (start < before) yield { month, start, inboxes: (byStart.get(start) ?? []).map(({ inbox }) => inbox) }
  }
}

/**
 * In which month to go on, and before which moment of it: the last hours of a month on one inbox's wall may come after the
 * first of the next month on another's.
 */
function placeOf(cursor: string | undefined): { month: string; before: number } | null {
  if (cursor === undefined) return null
  const [, month, before] = /^(\d{4}-\d\d)_(\d{1,15})$/.exec(cursor) ?? []
  if (month === undefined)
    throw new DeskbridgeError('invalid_input', { details: [{ path: 'cursor', problem: 'not of this list' }] })
  return { month, before: Number(before) }
}

/** A month at a time: of a day on one inbox's wall, hours may be the next day's on another's. */
function* backwards({ from, until }: Days): Generator<Days> {
  for (let last = until; last >= from; ) {
    const first = `${last.slice(0, 7)}-01`
    yield { from: first > from ? first : from, until: last }
    last = dayBefore(first)
  }
}

/** Where something of it was counted, of whom it is asked about. */
async function countedIn(
  connection: Connection,
  inboxes: readonly string[],
  stretch: Stretch,
  { needs, query }: { needs: Needs; query: AskedTrace },
): Promise<FoundRollup[]> {
  const told = { spreads: needs.spreads, hours: ['calendar'] } as const
  const { line, value: only } = filterOf(query) ?? { line: 'all', value: undefined }
  const found = await readRollups(connection, [stretch], { line, only, inboxes, told })
  return found.filter((one) => isAnythingIn(one, needs, told))
}

function isAnythingIn({ cells }: FoundRollup, { sums, spreads }: Needs, told: Told): boolean {
  const cell = emptyCell()
  for (const stored of cells) addStored(cell, stored, told)
  return [...sums].some((of) => cell.sums[of]) || [...spreads].some((of) => cell.times[`${of}:calendar`])
}

interface Of {
  needs: Needs
  inbox: string
  start: number
}

async function chatsIn(deps: TraceDeps, query: AskedTrace, { needs, inbox, start }: Of): Promise<TracedChat[]> {
  const rows = await factsOf(deps.connection)
    .find({ hours: new Date(start), inbox })
    .toArray()
  const chats = await Promise.all(
    rows.map(async (row) => {
      const calendar = await deps.calendars.of(row.calendar)
      const values = [...contributionsOf(row, calendar)].filter(
        (one) => one.hour.start === start && isPart(one, needs) && isOf(row, one, query),
      )
      return values.length > 0 ? [shown(row, values, query)] : []
    }),
  )
  return chats.flat().sort((a, b) => (lastAt(a) < lastAt(b) ? 1 : -1))
}

const lastAt = ({ values }: TracedChat): string => values.at(-1)?.at ?? ''

const isPart = (one: Contribution, { sums, spreads }: Needs): boolean =>
  one.kind === 'count' ? sums.has(one.of) : spreads.has(one.of)

function isOf({ channel, tags }: StoredFacts, { by, team }: Contribution, asked: AskedTrace): boolean {
  if (asked.agent !== undefined) return by === asked.agent
  if (asked.team !== undefined) return team === asked.team
  if (asked.channel !== undefined) return channel === asked.channel
  return asked.tag === undefined || tags.includes(asked.tag)
}

const shown = (row: StoredFacts, values: readonly Contribution[], { hours }: AskedTrace): TracedChat => ({
  sessionId: row._id,
  inbox: row.inbox,
  channel: row.channel,
  tags: [...row.tags],
  startedAt: row.startedAt.toISOString(),
  closedAt: row.closedAt?.toISOString() ?? null,
  people: [...row.people],
  values: values.map((one) => ({
    at: new Date(one.at).toISOString(),
    of: one.of,
    value: one.kind === 'count' ? one.count : hours === 'business' ? one.businessMs : one.ms,
    by: one.by,
  })),
})
