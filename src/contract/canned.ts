import { z } from 'zod'
import { Label, maxMessageLength, Tags } from './event.ts'
import { CannedId } from './ids.ts'
import { InboxKey } from './inbox.ts'

const line = (most: number) => z.string().trim().min(1).max(most)

/** Typed after a slash; unique in its inbox (or among those of all inboxes) without regard to case. */
const Shortcut = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,49}$/u, 'must be a word of letters, digits, - and _')

/** `text` may hold `{{visitor.name|there}}`. `inbox` null: for all of them. */
const Canned = z.strictObject({
  inbox: InboxKey.nullable(),
  name: line(200),
  shortcut: Shortcut.nullable(),
  text: z
    .string()
    .max(maxMessageLength)
    .refine((text) => text.trim() !== '', { error: 'empty' }),
  category: line(100).nullable(),
  tags: Tags,
  isActive: z.boolean(),
})

export const CreateCanned = Canned.extend({
  inbox: Canned.shape.inbox.default(null),
  shortcut: Canned.shape.shortcut.default(null),
  category: Canned.shape.category.default(null),
  tags: Canned.shape.tags.default([]),
  isActive: Canned.shape.isActive.default(true),
})
export type CreateCanned = z.infer<typeof CreateCanned>

/** `version`: the one that was read. A response that was changed since is left as it is: `version_conflict`. */
export const ChangeCanned = Canned.partial().extend({ version: z.number().int().min(1) })
export type ChangeCanned = z.infer<typeof ChangeCanned>

export const DeleteCanned = z.strictObject({ version: z.coerce.number().int().min(1) })

const Author = z.object({ kind: z.enum(['admin', 'agent']), id: z.string(), name: z.string().nullable() })
export type CannedAuthor = z.infer<typeof Author>

export const ShownCanned = z.object({
  id: CannedId,
  ...Canned.shape,
  version: z.number().int(),
  createdAt: z.iso.datetime(),
  createdBy: Author,
  updatedAt: z.iso.datetime(),
  updatedBy: Author,
})
export type ShownCanned = z.infer<typeof ShownCanned>

/**
 * Sorted by name. `inbox`: what can be used there, its own and those for all. `tags`: words with commas, all of them.
 * `q`: words of the name, the text, the tags, the category and the shortcut; the last may be the beginning of one.
 */
export const CannedQuery = z.strictObject({
  q: z.string().trim().min(1).max(200).optional(),
  inbox: InboxKey.optional(),
  category: line(100).optional(),
  tags: z
    .string()
    .max(1_000)
    .transform((text) => text.split(','))
    .pipe(z.array(Label).max(20))
    .optional(),
  shortcut: Shortcut.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(4_000).optional(),
})
export type CannedQuery = z.infer<typeof CannedQuery>

/** For those who write them: what is switched off as well. */
export const AdminCannedQuery = CannedQuery.extend({ isActive: z.stringbool().optional() })

export const CannedPage = z.object({ responses: z.array(ShownCanned), cursor: z.string().nullable() })
export type CannedPage = z.infer<typeof CannedPage>

export const RenderCanned = z.strictObject({ sessionId: z.string().max(64) })
export const RenderedCanned = z.object({ text: z.string() })
