import { z } from 'zod'
import { Label } from './event.ts'
import { AgentId, SessionId } from './ids.ts'

const To = z.union([z.strictObject({ agent: AgentId }), z.strictObject({ team: Label })])

/** To somebody, or to whoever of a team is free. The note is for the team alone. */
export const TransferChat = z.strictObject({
  to: To,
  note: z.string().trim().min(1).max(2_000).optional(),
})
export type TransferChat = z.infer<typeof TransferChat>
export const SocketTransfer = TransferChat.extend({ sessionId: SessionId })

/** From 1 for the one who has waited longest in the inbox, null out of the queue. `waitMs` is an estimate, null without any. */
export const QueuePlace = z.object({ position: z.number().int().nullable(), waitMs: z.number().int().nullable() })
export type QueuePlace = z.infer<typeof QueuePlace>
