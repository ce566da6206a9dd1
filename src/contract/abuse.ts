import { z } from 'zod'
import { VisitorId } from './ids.ts'
import { InboxKey } from './inbox.ts'

export const BlockId = z.string().regex(/^blk_[0-9a-f]{24}$/)
export type BlockId = z.infer<typeof BlockId>

/** Who is not let in. `range`: an address or a CIDR. `email`: an address, or `*@` and a domain. */
export const BlockTarget = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('visitor'), visitor: VisitorId }),
  z.strictObject({ kind: z.literal('address'), range: z.string().regex(/^[0-9a-fA-F.:]{2,45}(\/\d{1,3})?$/) }),
  z.strictObject({
    kind: z.literal('email'),
    email: z
      .string()
      .trim()
      .toLowerCase()
      .max(320)
      .regex(/^[^\s@]+@[^\s@]+$/, 'must be an address, or *@ and a domain'),
  }),
])
export type BlockTarget = z.infer<typeof BlockTarget>

const reason = z.string().trim().min(1).max(500)
const until = z.iso.datetime().nullable().default(null)

/** `inbox` null: all of them. `until` null: for good. Blocking somebody again puts this in the place of what was said before. */
export const CreateBlock = z.strictObject({
  target: BlockTarget,
  reason,
  inbox: InboxKey.nullable().default(null),
  until,
})
export type CreateBlock = z.infer<typeof CreateBlock>

export const ShownBlock = z.object({
  id: BlockId,
  ...CreateBlock.shape,
  by: z.object({ id: z.string(), name: z.string().nullable() }),
  createdAt: z.iso.datetime(),
})
export type ShownBlock = z.infer<typeof ShownBlock>

export const BlockQuery = z.strictObject({
  inbox: InboxKey.optional(),
  kind: z.enum(['visitor', 'address', 'email']).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(200).optional(),
})
export type BlockQuery = z.infer<typeof BlockQuery>

export const BlockPage = z.object({ blocks: z.array(ShownBlock), cursor: z.string().nullable() })
export type BlockPage = z.infer<typeof BlockPage>

/** The visitor of a chat. `address`: where they write from as well, for a day unless `until` says otherwise. */
export const BlockVisitor = z.strictObject({ reason, until, address: z.boolean().default(false) })
export type BlockVisitor = z.infer<typeof BlockVisitor>

export const BlockedVisitor = z.object({ blocks: z.array(ShownBlock) })
