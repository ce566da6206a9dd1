import { z } from 'zod'

/** `gone`: two heartbeats of it were missed, so that it was killed, or cannot reach the store. */
export const NodeState = z.enum(['ready', 'draining', 'gone'])
export type NodeState = z.infer<typeof NodeState>

/** One process of the service. Those that only deliver take no connections, and have no capacity for them. */
export const ShownNode = z.object({
  id: z.string(),
  role: z.enum(['api', 'worker', 'all']),
  version: z.string(),
  host: z.string(),
  pid: z.number().int(),
  state: NodeState,
  capacity: z.number().int().nullable(),
  connections: z.object({ sockets: z.number().int(), streams: z.number().int() }),
  startedAt: z.iso.datetime(),
  seenAt: z.iso.datetime(),
})
export type ShownNode = z.infer<typeof ShownNode>

export const NodeList = z.object({ nodes: z.array(ShownNode) })
