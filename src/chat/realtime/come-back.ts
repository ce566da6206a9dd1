import type { Context } from 'hono'

/** When a reader of a stream that ended comes back, in ms: not all at one instant, and none later than they would notice. */
export const comeBackAfter = (random: number): number => Math.round(500 + 2_000 * random)

/**
 * An EventSource gives up for good on any status but 200: it is told to come back by a stream that ends at once, and finds
 * another node by then.
 */
export const comeBackLater = (c: Context, random: number): Response =>
  c.body(`retry: ${comeBackAfter(random)}\n\n`, 200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache',
    connection: 'close',
  })
