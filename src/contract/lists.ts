import { z } from 'zod'
import { SenderType, SessionInfo } from './chat.ts'
import { MessageType } from './event.ts'
import { SessionId } from './ids.ts'

/** `queue`: nobody has it yet. `mine`: open and of whoever asks. `all`: open. One that holds no word yet is in none. */
export const ChatListName = z.enum(['queue', 'mine', 'all', 'closed'])
export type ChatListName = z.infer<typeof ChatListName>

/** Letters of the last message that a list shows. */
export const mostShown = 140

/** A chat as a line of a list. */
export const ListedChat = z.object({
  session: SessionInfo,
  inboxName: z.string(),
  /** What the visitor and the team said last, in short; null before either has. */
  last: z
    .object({
      by: SenderType,
      name: z.string().nullable(),
      messageType: MessageType,
      text: z.string().max(mostShown),
      at: z.iso.datetime(),
    })
    .nullable(),
  /** Whoever has the chat has not read what the visitor wrote; nobody of the team, while nobody has it. */
  isUnread: z.boolean(),
  /** When an answer is late, by what the inbox says; null while none is owed. */
  dueAt: z.iso.datetime().nullable(),
})
export type ListedChat = z.infer<typeof ListedChat>

export const ChatListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
})
export type ChatListQuery = z.infer<typeof ChatListQuery>

/** The longest waiting first in the queue, else the newest. `total`: how many there are, counted to 10,000. */
export const ChatListPage = z.object({
  chats: z.array(ListedChat),
  total: z.number().int(),
  cursor: z.string().nullable(),
})
export type ChatListPage = z.infer<typeof ChatListPage>

/** Up to 50 ids with commas between them. */
export const ListedChatsQuery = z.strictObject({
  ids: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(SessionId).min(1).max(50)),
})

/** Those of the asked ones that are there for whoever asks. */
export const ListedChats = z.object({ chats: z.array(ListedChat) })
export type ListedChats = z.infer<typeof ListedChats>
