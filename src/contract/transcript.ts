import { z } from 'zod'
import { SenderType } from './chat.ts'
import { FileRef } from './event.ts'
import { knownZone } from './hours.ts'
import { Seq, SessionId } from './ids.ts'

export const TranscriptFormat = z.enum(['txt', 'html', 'json'])
export type TranscriptFormat = z.infer<typeof TranscriptFormat>

/** Without `timeZone` the times are the visitor's. `internal`: with notes, for agents only. */
export const TranscriptQuery = z.strictObject({
  format: TranscriptFormat.default('txt'),
  timeZone: z
    .string()
    .max(64)
    .refine(knownZone, { error: 'must be an IANA time zone such as Europe/Lisbon' })
    .optional(),
  internal: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
})

/** ISO 8601 with the offset of the transcript's time zone. */
const LocalTime = z.string()

const position = { seq: Seq, at: LocalTime }

/** Something that was said or that happened. `name` is of who did it, or of who has the chat now. */
export const TranscriptLine = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('message'),
    ...position,
    sender: z.object({ type: SenderType, name: z.string().nullable() }),
    content: z.string(),
    /** `url`: where it can be had for a limited time; null once it cannot. */
    file: FileRef.pick({ name: true, type: true, size: true }).extend({ url: z.string().nullable() }).nullable(),
    isInternal: z.boolean(),
    edited: z.boolean(),
    deleted: z.boolean(),
  }),
  z.object({
    kind: z.literal('happening'),
    ...position,
    what: z.enum(['joined', 'left', 'assigned', 'closed', 'reopened']),
    name: z.string().nullable(),
  }),
])
export type TranscriptLine = z.infer<typeof TranscriptLine>

/** What a chat came to, up to `upTo`: messages as they are now. */
export const Transcript = z.object({
  sessionId: SessionId,
  inbox: z.string(),
  visitor: z.object({ name: z.string().nullable(), email: z.string().nullable() }),
  timeZone: z.string(),
  startedAt: LocalTime,
  upTo: Seq,
  lines: z.array(TranscriptLine),
})
export type Transcript = z.infer<typeof Transcript>
