import mongoose from 'mongoose'
import { onTestFinished } from 'vitest'
import { agentStatusModel } from '../../../src/analytics/agents/stored.ts'
import { calendarModel, createCalendars } from '../../../src/analytics/calendar/calendars.ts'
import { factsModel } from '../../../src/analytics/facts/facts.ts'
import { type AskedReport, makeReport } from '../../../src/analytics/reports/make-report.ts'
import { rollupModel } from '../../../src/analytics/rollups/stored.ts'
import { foldNews } from '../../../src/analytics/rounds/fold-news.ts'
import { progressModel } from '../../../src/analytics/rounds/turn.ts'
import { summaryFold } from '../../../src/chat/sessions/fold-summary.ts'
import type { LogEvent } from '../../../src/contract/event.ts'
import { Hours } from '../../../src/contract/hours.ts'
import { eventModel, eventsOf } from '../../../src/log/events.ts'
import { readAll } from '../../../src/log/read.ts'
import { createIndexes } from '../../../src/platform/mongo.ts'
import { freshStores } from '../stores.ts'

const open = [
  { from: '09:00', to: '13:00' },
  { from: '12:00', to: '18:30' },
]
const week = { mon: open, tue: open, wed: open, thu: open, fri: open, sat: [], sun: [{ from: '00:00', to: '03:00' }] }
const hours: Record<string, Hours> = {
  lisbon: Hours.parse({ timeZone: 'Europe/Lisbon', weekly: week }),
  'new-york': Hours.parse({
    timeZone: 'America/New_York',
    weekly: week,
    holidays: [{ date: '2026-10-25', openings: [{ from: '10:00', to: '12:00' }] }],
  }),
  kolkata: Hours.parse({ timeZone: 'Asia/Kolkata', weekly: { ...week, sat: open } }),
}

/** Null: always open, on UTC's clock. */
export const hoursOf = (inbox: string): Hours | null => hours[inbox] ?? null

const models = [eventModel, factsModel, rollupModel, progressModel, calendarModel, agentStatusModel]

/** Logs in a store, and what is made of them, at times that the test says. */
export async function anAnalytics(inboxes: readonly string[]) {
  const stores = await freshStores()
  const connection = await mongoose.createConnection(stores.mongodbUrl).asPromise()
  onTestFinished(async () => {
    await connection.close()
    await stores.drop()
  })
  await createIndexes(connection, models)
  let at = 0
  const now = () => at
  const calendars = createCalendars({ connection, timeZone: 'UTC', now })
  const noted = () => calendars.note(inboxes.map((key) => ({ key, hours: hoursOf(key) })))
  const deps = {
    ...{ connection, calendars, now, standing: summaryFold, arrivals: async () => new Map() },
    logOf: (session: LogEvent['session']) => readAll(eventsOf(connection), session, 0),
  }
  const reports = {
    ...{ connection, now },
    timeZoneOf: async () => 'Europe/Lisbon',
    inboxNames: async () => new Map(inboxes.map((key) => [key, key])),
    agentNames: async () => new Map<string, string>(),
  }
  return {
    connection,
    calendars,
    deps,
    async empty() {
      const names = ['events', 'session_facts', 'rollups', 'analytics_progress']
      await Promise.all(names.map((name) => connection.collection(name).deleteMany({})))
      await noted()
    },
    /** `apart`: one after the other. */
    async commit(events: readonly LogEvent[], apart = false) {
      if (apart) for (const event of events) await eventsOf(connection).insertOne(event)
      else if (events.length > 0) await eventsOf(connection).insertMany([...events])
    },
    fold(moment: number) {
      at = moment
      return foldNews(deps, new AbortController().signal)
    },
    /** What was made, but for how often. */
    async stored() {
      const [rows, rollups] = await Promise.all(
        ['session_facts', 'rollups'].map((name) =>
          connection
            .collection(name)
            .find({}, { projection: { round: 0, stamp: 0 } })
            .sort({ _id: 1 })
            .toArray(),
        ),
      )
      return { rows, rollups }
    },
    report: (query: AskedReport) => makeReport(reports, query),
  }
}

export type TestAnalytics = Awaited<ReturnType<typeof anAnalytics>>
