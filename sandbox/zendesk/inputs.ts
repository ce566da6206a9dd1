import { z } from 'zod'

const CommentInput = z.object({
  body: z.string().min(1).max(65_536),
  public: z.boolean().default(true),
  author_id: z.number().optional(),
  /** Tokens of uploads. */
  uploads: z.array(z.string()).default([]),
})
/** What an agent writes may have files without an upload. */
export type NewComment = z.input<typeof CommentInput> & { attachments?: number[] }

const shared = {
  subject: z.string().optional(),
  status: z.enum(['new', 'open', 'pending', 'hold', 'solved', 'closed']).optional(),
  priority: z.enum(['low', 'normal', 'high', 'urgent']).nullable().optional(),
  tags: z.array(z.string()).optional(),
  custom_fields: z.array(z.object({ id: z.number(), value: z.unknown() })).optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  external_id: z.string().optional(),
  assignee_id: z.number().nullable().optional(),
}

export const TicketInput = z.object({
  ...shared,
  comment: CommentInput,
  requester: z.object({ name: z.string(), email: z.email() }).optional(),
  requester_id: z.number().optional(),
  brand_id: z.number().optional(),
  group_id: z.number().optional(),
  ticket_form_id: z.number().optional(),
  via_followup_source_id: z.number().optional(),
})
export const TicketChange = z.object({
  ...shared,
  comment: CommentInput.optional(),
  safe_update: z.boolean().optional(),
  updated_stamp: z.string().optional(),
})
export type Change = Omit<z.infer<typeof TicketChange>, 'comment'> & { comment?: NewComment | undefined }
export const UserInput = z.object({
  name: z.string(),
  email: z.email().optional(),
  external_id: z.string().optional(),
  skip_verify_email: z.boolean().optional(),
})

export const RedactionInput = z.object({
  ticket_id: z.number(),
  html_body: z.string(),
  external_attachment_urls: z.array(z.string()).default([]),
})
