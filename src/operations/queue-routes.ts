import { Hono } from 'hono'
import { administratorOfAll } from '../access/administrator.ts'
import type { Who } from '../access/who.ts'
import type { ShownNode } from '../contract/node.ts'
import { QueueList, type ShownQueue } from '../contract/queue.ts'
import { describe } from '../platform/http/describe.ts'

export interface QueueRoutesDeps {
  who: Pick<Who, 'atLeast'>
  queues(): Promise<ShownQueue[]>
  nodes(): Promise<Pick<ShownNode, 'role' | 'state'>[]>
}

/** `/api/admin/queues` */
export const queueRoutes = ({ who, queues, nodes }: QueueRoutesDeps): Hono =>
  new Hono().get(
    '/',
    describe({
      tag: 'operations',
      summary: 'How much is waiting in the queues, and how many workers take from them.',
      description: 'What the numbers mean: docs/operations.md.',
      answers: { 200: QueueList },
      errors: ['forbidden'],
    }),
    async (c) => {
      await administratorOfAll(who, c)
      const [standing, processes] = await Promise.all([queues(), nodes()])
      const workers = processes.filter(({ role, state }) => role !== 'api' && state !== 'gone').length
      return c.json({ queues: standing, workers })
    },
  )
