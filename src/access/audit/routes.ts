import { Hono } from 'hono'
import { AuditPage, AuditQuery } from '../../contract/audit.ts'
import { parseInput } from '../../contract/parse.ts'
import { describe } from '../../platform/http/describe.ts'
import { administratorOfAll } from '../administrator.ts'
import type { Who } from '../who.ts'
import type { AuditLog } from './entries.ts'

/** `/api/admin/audit`. It is of the whole installation, so that an administrator of some inboxes does not read it. */
export function auditRoutes({ log, who }: { log: AuditLog; who: Who }): Hono {
  return new Hono().get(
    '/',
    describe({
      tag: 'audit',
      summary: 'Who changed what of the installation, newest first.',
      description: 'What an entry holds, and what a crash leaves: docs/audit.md.',
      query: AuditQuery,
      answers: { 200: AuditPage },
      errors: ['forbidden'],
    }),
    async (c) => {
      await administratorOfAll(who, c)
      return c.json(await log.page(parseInput(AuditQuery, c.req.query())))
    },
  )
}
