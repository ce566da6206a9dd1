import { z } from 'zod'
import { Message, SessionInfo } from './chat.ts'

/** `q`: whole words of a message, or words of a visitor's name, email or id, of which the last may be cut short. */
export const ChatSearchQuery = z.strictObject({
  q: z.string().trim().min(1).max(200),
  inbox: z.string().max(50).optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
  cursor: z.string().max(200).optional(),
})
export type ChatSearchQuery = z.infer<typeof ChatSearchQuery>

/** A message that was found, or a chat whose visitor was. `at`: when it was written, or when the chat began. */
export const FoundInChats = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('message'), at: z.iso.datetime(), session: SessionInfo, message: Message }),
  z.object({ kind: z.literal('visitor'), at: z.iso.datetime(), session: SessionInfo }),
])
export type FoundInChats = z.infer<typeof FoundInChats>

/** Newest first; `cursor` asks for the next page. */
export const FoundInChatsPage = z.object({ found: z.array(FoundInChats), cursor: z.string().nullable() })
export type FoundInChatsPage = z.infer<typeof FoundInChatsPage>
