import { z } from 'zod'
import { FileRef, Visitor } from '../../../contract/event.ts'
import { AgentId, Seq } from '../../../contract/ids.ts'
import { TicketSettings } from '../../../contract/inbox.ts'
import { standings } from '../tags.ts'

const shared = {
  text: z.string(),
  public: z.boolean(),
  /** Absent: as it is; of a new ticket, Zendesk's own choice. */
  status: z.enum(['open', 'pending', 'hold', 'solved']).optional(),
  /** Whose it is from now on, if the account knows them. */
  assignee: AgentId.optional(),
}

/** A frozen call's content. */
export const Body = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('create'),
    ...shared,
    visitor: Visitor,
    inbox: z.object({ key: z.string(), name: z.string() }),
    followUpOf: z.string().optional(),
    standing: z.enum(standings),
    /** As the inbox had it when the call was formed. */
    settings: TicketSettings,
  }),
  z.object({
    kind: z.literal('comment'),
    ...shared,
    /** To be attached, besides their links in the text. */
    files: z.array(FileRef),
    /** The chat up to there is attached as a page, and its text says so at the end. */
    pageUpTo: Seq.optional(),
    /** Absent: as it is. */
    standing: z.enum(standings).optional(),
  }),
])
export type Body = z.infer<typeof Body>
export type Creation = Extract<Body, { kind: 'create' }>
export type Update = Extract<Body, { kind: 'comment' }>

/** Without what people wrote and were. */
export const blank = (body: Body): Body =>
  body.kind === 'create' ? { ...body, text: '', visitor: { id: body.visitor.id } } : { ...body, text: '', files: [] }
