import { z } from 'zod'

const Payload = z.looseObject({ type: z.string().optional() })
const pushed = { envelope_id: z.string().min(1), payload: Payload }

/** What Slack pushes over a connection: the same that it sends over HTTP, in an envelope that is acknowledged by its id. */
export const Envelope = z.discriminatedUnion('type', [
  z.object({ type: z.literal('events_api'), ...pushed, retry_attempt: z.number().int().optional() }),
  z.object({ type: z.literal('interactive'), ...pushed }),
  z.object({ type: z.literal('slash_commands'), ...pushed }),
])
export type Envelope = z.infer<typeof Envelope>

const Greeting = z.object({ type: z.literal('hello') })
const SocketMessage = z.union([
  z.object({
    type: z.literal('disconnect'),
    reason: z
      .string()
      .regex(/^[a-z0-9_]{1,100}$/)
      .catch('unknown'),
  }),
  Envelope,
])
/** What Slack says there once it has greeted. */
export type SocketMessage = z.infer<typeof SocketMessage>

/** Whether Slack says that it pushes from now on. */
export const isGreeting = (text: string): boolean => Greeting.safeParse(parsed(text)).success

/** Null: nothing that is known here. */
export const readMessage = (text: string): SocketMessage | null => SocketMessage.safeParse(parsed(text)).data ?? null

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
