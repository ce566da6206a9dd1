import { z } from 'zod'

/** What is changed. `visitor`: their data, exported or erased. `other`: what has no kind of its own yet. */
export const AuditType = z.enum([
  'agent',
  'block',
  'canned_response',
  'connector',
  'identity_key',
  'inbox',
  'key',
  'other',
  'slack_installation',
  'endpoint',
  'delivery',
  'report_view',
  'visitor',
])
export type AuditType = z.infer<typeof AuditType>

/** `begun`: it ended without an answer, and may have been done. `failed`: an error of ours, likewise. `refused`: nothing was done. */
export const AuditOutcome = z.enum(['begun', 'done', 'refused', 'failed'])
export type AuditOutcome = z.infer<typeof AuditOutcome>

/** Those fields that are kept. Of a change those that differ; null: it was not there, or is there no more. */
const Fields = z.record(z.string(), z.unknown()).nullable()
export type AuditFields = z.infer<typeof Fields>

export const AuditId = z.string().regex(/^aud_[0-9a-z]{24}$/)

/** `admin`: the administrator's key (`key`) or an API key, by its id. */
export const DoneBy = z.object({ kind: z.enum(['admin', 'agent']), id: z.string(), name: z.string().nullable() })
export type DoneBy = z.infer<typeof DoneBy>

/** One change of the installation. `by.kind` `admin`: the administrator's key (`key`) or an API key, by its id. */
export const AuditEntry = z.object({
  id: AuditId,
  at: z.iso.datetime(),
  by: DoneBy,
  /** As far as the configuration keeps it. */
  address: z.string().nullable(),
  method: z.string(),
  path: z.string(),
  subject: z.object({ type: AuditType, id: z.string().nullable() }),
  before: Fields,
  after: Fields,
  outcome: AuditOutcome,
  status: z.number().int().nullable(),
})
export type AuditEntry = z.infer<typeof AuditEntry>

/** Newest first. `by`: an agent's or a key's id. */
export const AuditQuery = z.strictObject({
  by: z.string().max(64).optional(),
  type: AuditType.optional(),
  id: z.string().max(200).optional(),
  outcome: AuditOutcome.optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})
export type AuditQuery = z.infer<typeof AuditQuery>

export const AuditPage = z.object({ entries: z.array(AuditEntry), cursor: z.string().nullable() })
export type AuditPage = z.infer<typeof AuditPage>
