import { Hono } from 'hono'
import { stream } from 'hono/streaming'
import type { Connection } from 'mongoose'
import { z } from 'zod'
import type { Who } from '../../access/who.ts'
import { parseInput } from '../../contract/parse.ts'
import {
  EraseVisitor,
  ErasureReport,
  ExportVisitor,
  FoundChats,
  StartedErasure,
  VisitorExport,
} from '../../contract/privacy.ts'
import { jsonBody } from '../../platform/http/body.ts'
import { describe } from '../../platform/http/describe.ts'
import type { Ids } from '../../platform/ids.ts'
import type { ChatDeps } from '../chat.ts'
import { exportVisitor } from './export-visitor.ts'
import { findChats } from './find-chats.ts'
import { reportErasure } from './report-erasure.ts'
import { requestErasure } from './request-erasure.ts'

const tag = 'privacy'
const ReportQuery = z.strictObject({ cursor: z.string().max(64).optional() })

export interface PrivacyRoutesDeps extends Pick<ChatDeps, 'log' | 'now'> {
  connection: Connection
  ids: Pick<Ids, 'token'>
  who: Who
}

/** `/api/admin/privacy`. An administrator of some inboxes answers for these alone. */
export function privacyRoutes(deps: PrivacyRoutesDeps): Hono {
  const { connection, who } = deps
  const routes = new Hono()

  routes.post(
    '/erasures',
    describe({
      tag,
      summary: 'Erases everything of one visitor.',
      description:
        'Answers at once; the report says how far it is. With `dryRun` it answers 200 with the chats that would be erased.',
      body: EraseVisitor,
      answers: { 200: FoundChats, 202: StartedErasure },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      const staff = await who.atLeast(c, 'admin')
      const { dryRun, ...query } = await jsonBody(c, EraseVisitor)
      if (dryRun) return c.json(await findChats(connection, query, staff.inboxes))
      return c.json(await requestErasure(deps, query, `${staff.kind}:${staff.id}`, staff.inboxes), 202)
    },
  )

  routes.get(
    '/erasures/:id',
    describe({
      tag,
      summary: 'How far an erasure is, and what it could not take away.',
      query: ReportQuery,
      answers: { 200: ErasureReport },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      const staff = await who.atLeast(c, 'admin')
      const { cursor } = parseInput(ReportQuery, c.req.query())
      return c.json(await reportErasure(connection, c.req.param('id'), staff.inboxes, cursor))
    },
  )

  routes.post(
    '/exports',
    describe({
      tag,
      summary: 'Everything that is kept of one visitor.',
      body: ExportVisitor,
      answers: { 200: VisitorExport },
      errors: ['not_found', 'forbidden'],
    }),
    async (c) => {
      const staff = await who.atLeast(c, 'admin')
      const query = await jsonBody(c, ExportVisitor)
      const json = await exportVisitor(deps, query, staff.inboxes)
      c.header('content-type', 'application/json; charset=utf-8')
      c.header('content-disposition', 'attachment; filename="visitor.json"')
      c.header('cache-control', 'no-store')
      return stream(c, async (out) => {
        for await (const piece of json) await out.write(piece)
      })
    },
  )

  return routes
}
