import { z } from 'zod'

/**
 * One queue, which holds ids alone: what it is about is in the store. `completed` and `failed`: in the last quarter of an
 * hour. `away`: Redis does not answer; the sweeps go on, and what is rung for waits a little longer.
 */
export const ShownQueue = z.discriminatedUnion('state', [
  z.object({
    name: z.string(),
    state: z.literal('working'),
    waiting: z.number().int(),
    active: z.number().int(),
    delayed: z.number().int(),
    completed: z.number().int(),
    failed: z.number().int(),
    oldestWaitingMs: z.number().int().nullable(),
  }),
  z.object({ name: z.string(), state: z.literal('away'), next: z.string() }),
])
export type ShownQueue = z.infer<typeof ShownQueue>

/** `workers`: processes that take from the queues and have given a sign of life. */
export const QueueList = z.object({ queues: z.array(ShownQueue), workers: z.number().int() })
export type QueueList = z.infer<typeof QueueList>
