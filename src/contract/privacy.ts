import { z } from 'zod'
import { FileRef, Visitor } from './event.ts'
import { EventId, Seq, SessionId, VisitorId } from './ids.ts'

/** How far an erasure is in one place. `left`: what that place does not let anybody take away: why, and how many. */
const Place = z.object({
  name: z.string(),
  state: z.enum(['done', 'pending']),
  /** Documents, posts, comments or files that were emptied or removed. */
  count: z.number().int(),
  left: z.record(z.string(), z.number().int()),
  /** Why it is pending. */
  reason: z.string().nullable(),
})
export type Place = z.infer<typeof Place>

/** One visitor, by exactly one of these. An email finds everybody who gave it, whatever the case of its letters. */
export const VisitorQuery = z.strictObject({
  visitorId: VisitorId.optional(),
  email: z.email().max(320).optional(),
  externalId: z.string().min(1).max(200).optional(),
})
export type VisitorQuery = z.infer<typeof VisitorQuery>

export const oneOfThem = 'give exactly one of visitorId, email and externalId'
const namesOne = (query: VisitorQuery): boolean =>
  [query.visitorId, query.email, query.externalId].filter((value) => value !== undefined).length === 1

export const ExportVisitor = VisitorQuery.refine(namesOne, { error: oneOfThem })
/** `dryRun`: only lists what would be erased. */
export const EraseVisitor = VisitorQuery.extend({ dryRun: z.boolean().default(false) }).refine(namesOne, {
  error: oneOfThem,
})

/** A chat that a query finds. */
export const FoundChat = z.object({
  sessionId: SessionId,
  inbox: z.string(),
  status: z.string(),
  createdAt: z.iso.datetime(),
  visitor: z.object({
    id: VisitorId,
    name: z.string().optional(),
    email: z.string().optional(),
    externalId: z.string().optional(),
    /** Whether the site's own backend proved who they are; without it they may be anybody who typed this. */
    verified: z.boolean(),
  }),
})
export type FoundChat = z.infer<typeof FoundChat>

/** `chats`: the newest 500; `total`: all of them. */
export const FoundChats = z.object({ total: z.number().int(), chats: z.array(FoundChat) })
export type FoundChats = z.infer<typeof FoundChats>

export const StartedErasure = z.object({ id: z.string(), chats: z.number().int() })
export type StartedErasure = z.infer<typeof StartedErasure>

const ErasedChat = z.object({
  sessionId: SessionId,
  inbox: z.string(),
  visitorId: VisitorId,
  state: z.enum(['done', 'pending']),
  /** Everything up to here is gone; null before it began. */
  upTo: Seq.nullable(),
  copies: z.array(Place),
  destinations: z.array(Place),
})
export type ErasedChat = z.infer<typeof ErasedChat>

/** `done` once every chat is erased in every place. `cursor` asks for the next chats. */
export const ErasureReport = z.object({
  id: z.string(),
  state: z.enum(['done', 'pending']),
  reason: z.enum(['request', 'retention']),
  requestedBy: z.string(),
  requestedAt: z.iso.datetime(),
  total: z.number().int(),
  pending: z.number().int(),
  chats: z.array(ErasedChat),
  cursor: z.string().nullable(),
})
export type ErasureReport = z.infer<typeof ErasureReport>

const at = z.iso.datetime()

/** All that is kept of a chat. Notes of the team are in it and marked `internal`: look at them before you hand it out. */
export const ExportedChat = z.object({
  sessionId: SessionId,
  inbox: z.string(),
  channel: z.string(),
  startedAt: at,
  /** What was known of the visitor, and from when on. */
  visitor: z.array(Visitor.extend({ at })),
  messages: z.array(
    z.object({
      id: EventId,
      at,
      by: z.string(),
      byVisitor: z.boolean(),
      internal: z.boolean(),
      text: z.string(),
      /** What it said before, oldest first. */
      earlier: z.array(z.string()),
      deletedAt: at.nullable(),
      file: FileRef.nullable(),
    }),
  ),
  transfers: z.array(z.object({ at, note: z.string().nullable() })),
  closings: z.array(z.object({ at, reason: z.string() })),
  ratings: z.array(z.object({ at, score: z.number().int(), comment: z.string().nullable() })),
  mails: z.array(z.object({ at, what: z.string(), to: z.string() })),
  erasures: z.array(z.object({ at, reason: z.string() })),
})
export type ExportedChat = z.infer<typeof ExportedChat>

export const VisitorExport = z.object({ exportedAt: at, chats: z.array(ExportedChat) })
