import { type Context, Hono } from 'hono'
import { isFor } from '../../access/administrator.ts'
import type { Who } from '../../access/who.ts'
import {
  ExportQuery,
  ExportQueryFields,
  MetricList,
  Report,
  ReportQuery,
  ReportQueryFields,
  TracedChats,
  TracedQuery,
  TracedQueryFields,
} from '../../contract/analytics.ts'
import { DeskbridgeError } from '../../contract/errors.ts'
import { definitionVersion, metrics } from '../../contract/metrics.ts'
import { parseInput } from '../../contract/parse.ts'
import { describe } from '../../platform/http/describe.ts'
import { csvOf } from './csv.ts'
import { makeReport, type ReportDeps } from './make-report.ts'
import { type TraceDeps, trace } from './trace.ts'

export interface ReportRoutesDeps extends ReportDeps, TraceDeps {
  who: Pick<Who, 'atLeast'>
}

const tag = 'analytics'
const scope = 'analytics:read'
const what = 'What each figure means: docs/metrics.md.'

/** `/api/admin/analytics`: figures of the inboxes that whoever asks may see. */
export function reportRoutes(deps: ReportRoutesDeps): Hono {
  const routes = new Hono()

  /** Those of the question that may be seen, or all that may. */
  const seenBy = async (c: Context, asked: readonly string[] | undefined) => {
    const staff = await deps.who.atLeast(c, 'supervisor', scope)
    const all = [...(await deps.inboxNames()).keys()].filter((key) => isFor(staff, key))
    if (asked?.some((key) => !all.includes(key))) throw new DeskbridgeError('not_found')
    return { inboxes: asked ?? all, seesAgents: asked === undefined && staff.inboxes.length === 0 }
  }

  routes.get(
    '/metrics',
    describe({
      ...{ tag, scope },
      summary: 'What is reckoned: each figure with its meaning and how it is made.',
      answers: { 200: MetricList },
    }),
    async (c) => {
      await deps.who.atLeast(c, 'supervisor', scope)
      return c.json({ version: definitionVersion, metrics: metrics.map(({ reckon: _, ...told }) => told) })
    },
  )

  routes.get(
    '/report',
    describe({
      ...{ tag, scope },
      summary: 'Figures of a period, by time or by what the chats were of.',
      description: what,
      query: ReportQueryFields,
      answers: { 200: Report },
      errors: ['not_found'],
    }),
    async (c) => {
      const { inbox, ...query } = parseInput(ReportQuery, c.req.query())
      return c.json(await makeReport(deps, { ...query, ...(await seenBy(c, inbox)) }))
    },
  )

  routes.get(
    '/export',
    describe({
      ...{ tag, scope },
      summary: 'The same as a file, to be reckoned with elsewhere.',
      description: what,
      query: ExportQueryFields,
      answers: { 200: 'A table of comma-separated values, or the report as JSON.' },
      errors: ['not_found'],
    }),
    async (c) => {
      const { inbox, format, ...query } = parseInput(ExportQuery, c.req.query())
      const report = await makeReport(deps, { ...query, ...(await seenBy(c, inbox)) })
      c.header('content-disposition', `attachment; filename="deskbridge-${query.from}-${query.until}.${format}"`)
      if (format === 'json') return c.json(report)
      return c.body(csvOf(report, Object.keys(report.total)), 200, { 'content-type': 'text/csv; charset=utf-8' })
    },
  )

  routes.get(
    '/sessions',
    describe({
      ...{ tag, scope },
      summary: 'The chats behind a figure, the latest hours first.',
      description: what,
      query: TracedQueryFields,
      answers: { 200: TracedChats },
      errors: ['not_found'],
    }),
    async (c) => {
      const { inbox, ...query } = parseInput(TracedQuery, c.req.query())
      return c.json(await trace(deps, { ...query, ...(await seenBy(c, inbox)) }))
    },
  )

  return routes
}
