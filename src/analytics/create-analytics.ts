import type { Hono } from 'hono'
import type { Connection } from 'mongoose'
import type { Who } from '../access/who.ts'
import type { ReportQuery } from '../contract/analytics.ts'
import type { Hours } from '../contract/hours.ts'
import type { SessionId } from '../contract/ids.ts'
import { eventsOf } from '../log/events.ts'
import type { Fold } from '../log/log.ts'
import { readAll } from '../log/read.ts'
import type { Ids } from '../platform/ids.ts'
import type { Logger } from '../platform/log-output.ts'
import type { EveryInOneProcess, Periodic } from '../platform/periodic.ts'
import { noteStatus, noteStatuses, type StatusNow } from './agents/note-statuses.ts'
import { desk } from './agents/roll-desk.ts'
import { agentStatusModel, type StatusEntry } from './agents/stored.ts'
import { calendarModel, createCalendars } from './calendar/calendars.ts'
import { checkDigest } from './digests/check-digest.ts'
import { dayAt } from './digests/next-due.ts'
import { queryOf } from './digests/query-of.ts'
import { sendDigests } from './digests/send-digests.ts'
import { sendNow } from './digests/send-now.ts'
import type { DigestWays } from './digests/ways.ts'
import { factsModel } from './facts/facts.ts'
import type { Standing } from './facts/standing.ts'
import type { FactsDeps } from './facts/write-facts.ts'
import { makeReport } from './reports/make-report.ts'
import { reportRoutes } from './reports/routes.ts'
import { rollupModel } from './rollups/stored.ts'
import { foldNews } from './rounds/fold-news.ts'
import { progressModel } from './rounds/turn.ts'
import { viewRoutes } from './views/routes.ts'
import { createViews, viewModels } from './views/views.ts'

export const analyticsModels = [calendarModel, factsModel, rollupModel, progressModel, agentStatusModel, ...viewModels]

export interface AnalyticsDeps extends Pick<FactsDeps, 'arrivals'> {
  connection: Connection
  /** How a chat stands after each of its events. */
  standing: Pick<Fold<Standing>, 'apply'>
  /** `get` throws `not_found`. */
  inboxes: {
    list(): Promise<readonly { key: string; name: string; hours: Hours | null }[]>
    get(key: string): Promise<unknown>
  }
  agentsNow(): Promise<readonly (StatusNow & { name: string })[]>
  who: Pick<Who, 'atLeast'>
  /** Of inboxes without hours. */
  timeZone: string
  everyMs: number
  /** How digests leave, how often to look for those that are due, and where their links lead. */
  digests: { ways: DigestWays; everyMs: number; publicUrl: string }
  ids: Pick<Ids, 'token'>
  /** From 0 to 1. */
  random(): number
  now(): number
  logger: Pick<Logger, 'warn'>
  onError(error: unknown): void
}

/** Figures of what happened in the chats, made from their logs behind everybody's back. */
export interface Analytics {
  mount(app: Hono): void
  /** An agent's status has changed: a hint. */
  noteStatus(change: StatusEntry): void
  /** Folds what is new, and rolls it up. Null: another process is at it. */
  fold(signal: AbortSignal): Promise<number | null>
  startSweeps(every: EveryInOneProcess): Periodic
}

export function createAnalytics(deps: AnalyticsDeps): Analytics {
  const { connection, inboxes, now } = deps
  const calendars = createCalendars(deps)

  const logOf = (session: SessionId) => readAll(eventsOf(connection), session, 0)

  const fold = async (signal: AbortSignal) => {
    await calendars.note([...(await inboxes.list()), { key: desk, hours: null }])
    await noteStatuses({ connection, statusesNow: deps.agentsNow, now })
    return foldNews({ ...deps, calendars, logOf }, signal)
  }
  const reports = {
    ...{ connection, calendars, now, who: deps.who },
    timeZoneOf: async (inbox: string) =>
      (await inboxes.list()).find(({ key }) => key === inbox)?.hours?.timeZone ?? deps.timeZone,
    inboxNames: async () => new Map((await inboxes.list()).map(({ key, name }) => [key, name])),
    agentNames: async () => new Map((await deps.agentsNow()).map(({ id, name }) => [id, name])),
  }

  const report = async ({ inbox, ...query }: ReportQuery) => {
    const inboxes = inbox ?? [...(await reports.inboxNames()).keys()]
    return makeReport(reports, { ...query, inboxes, seesAgents: inbox === undefined })
  }
  const digests = { ...deps, ...deps.digests, report, newToken: deps.ids.token }
  const views = createViews({
    ...deps,
    checkDigest: (digest) => checkDigest(digests.ways, digest),
    checkQuestion: (view) => void queryOf(view, dayAt(new Date(now()), deps.timeZone)),
    newId: () => `viw_${deps.ids.token()}`,
  })
  const saved = viewRoutes({ views, sendNow: (id, by) => sendNow(digests, id, by), who: deps.who })

  return {
    mount: (app) =>
      void app.route('/api/admin/analytics', reportRoutes(reports)).route('/api/admin/analytics/views', saved),
    fold,
    noteStatus: (change) => void noteStatus(connection, change).catch(deps.onError),
    startSweeps(every) {
      const stopping = new AbortController()
      const folding = every('analytics', deps.everyMs, () => fold(stopping.signal))
      const sending = every('analytics-digests', deps.digests.everyMs, () => sendDigests(digests))
      return {
        async stop() {
          stopping.abort()
          await Promise.all([folding.stop(), sending.stop()])
        },
      }
    },
  }
}
