import { z } from 'zod'
import { Attributes, Visitor } from './event.ts'
import { Seq, SessionId } from './ids.ts'

/** A JWT of the site's own backend that says who its visitor is: a bearer token, good for a day at most. */
export const IdentityToken = z.string().min(1).max(8_192)

/** What such a token may say of the visitor besides `aud`, `exp` and `iat`. */
export const IdentityClaims = z.object({
  sub: z.string().trim().min(1).max(200),
  name: Visitor.shape.name,
  email: Visitor.shape.email,
  attributes: Attributes.optional(),
  exp: z.number(),
})

export const IdentityAlgorithm = z.enum(['HS256', 'RS256', 'EdDSA'])
export type IdentityAlgorithm = z.infer<typeof IdentityAlgorithm>

const Kid = z.string().regex(/^[A-Za-z0-9_.-]{1,100}$/)
const common = { name: z.string().trim().min(1).max(100).nullable().default(null), kid: Kid.optional() }

/** For HS256 the secret is made here; for the others the public key is given, as PEM (SPKI) or as a JWK. */
export const CreateIdentityKey = z.discriminatedUnion('algorithm', [
  z.strictObject({ algorithm: z.literal('HS256'), ...common }),
  z.strictObject({
    algorithm: z.enum(['RS256', 'EdDSA']),
    ...common,
    publicKey: z.union([z.string().max(8_192), z.record(z.string().max(100), z.unknown())]),
  }),
])
export type CreateIdentityKey = z.infer<typeof CreateIdentityKey>

/** Without any secret. */
export const ShownIdentityKey = z.object({
  kid: Kid,
  algorithm: IdentityAlgorithm,
  name: z.string().nullable(),
  createdAt: z.iso.datetime(),
  /** To within a minute; a key that is used no longer can go. */
  lastUsedAt: z.iso.datetime().nullable(),
})
export type ShownIdentityKey = z.infer<typeof ShownIdentityKey>

/** `secret` is shown this once, and only for HS256: text whose UTF-8 bytes are the key. */
export const CreatedIdentityKey = ShownIdentityKey.extend({ secret: z.string().optional() })
export type CreatedIdentityKey = z.infer<typeof CreatedIdentityKey>
export const IdentityKeys = z.object({ keys: z.array(ShownIdentityKey) })

export const Identify = z.strictObject({ sessionId: SessionId, identityToken: IdentityToken })

/** `token` takes the place of the one before, which opens the chat no longer once it is a known customer's. */
export const Identified = z.object({ seq: Seq, visitorId: z.string(), token: z.string() })
export type Identified = z.infer<typeof Identified>

/** What is named changes; what a token proved or an agent set right, a visitor leaves as it is. */
export const UpdateVisitor = z.strictObject({
  sessionId: SessionId,
  name: Visitor.shape.name,
  email: Visitor.shape.email,
  phone: Visitor.shape.phone,
  attributes: Attributes.optional(),
  page: Visitor.shape.page,
})
export type UpdateVisitor = z.infer<typeof UpdateVisitor>

/** A token for an earlier chat of the same visitor. */
export const ChatToken = z.object({ sessionId: SessionId, token: z.string() })

export const VisitorSessionsQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(200).optional(),
})
