import { z } from 'zod'
import { Label } from './event.ts'
import { KeyId } from './ids.ts'

/**
 * What a key may do, all of them. `admin` is everything that an administrator may, the others among it. `chats:read`: find
 * and read chats. `chats:write`: start and close them. `messages:write`: write in them. `visitors:write`: say who a visitor
 * is. `webhooks`: endpoints and their deliveries. `analytics:read`: figures, and which chats are behind them.
 */
export const Scope = z.enum([
  'chats:read',
  'chats:write',
  'messages:write',
  'visitors:write',
  'webhooks',
  'analytics:read',
  'admin',
])
export type Scope = z.infer<typeof Scope>

/** No `inboxes`: all of them. `expiresAt` null: good until it is revoked. `rateLimit`: requests in a minute, over all nodes. */
const Key = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(Scope).min(1).max(Scope.options.length),
  inboxes: z.array(Label).max(100),
  expiresAt: z.iso.datetime().nullable(),
  rateLimit: z.number().int().min(1).max(6_000),
})

export const CreateKey = Key.extend({
  inboxes: Key.shape.inboxes.default([]),
  expiresAt: Key.shape.expiresAt.default(null),
  rateLimit: Key.shape.rateLimit.default(600),
})
export type CreateKey = z.infer<typeof CreateKey>

export const ChangeKey = Key.partial()
export type ChangeKey = z.infer<typeof ChangeKey>

/** `prefix`: what the key begins with, by which it is recognised. `lastUsedAt`: up to a minute behind. */
export const ShownKey = z.object({
  id: KeyId,
  prefix: z.string(),
  ...Key.shape,
  createdAt: z.iso.datetime(),
  createdBy: z.object({ kind: z.enum(['admin', 'agent', 'command']), id: z.string(), name: z.string().nullable() }),
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
})
export type ShownKey = z.infer<typeof ShownKey>

/** `key` is shown this once. */
export const CreatedKey = ShownKey.extend({ key: z.string() })
export type CreatedKey = z.infer<typeof CreatedKey>

/** `prefix`: that of one, such as a scanner found somewhere. */
export const KeyQuery = z.strictObject({ prefix: z.string().max(100).optional() })
export const KeyList = z.object({ keys: z.array(ShownKey) })
