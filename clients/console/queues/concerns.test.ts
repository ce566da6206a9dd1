import { expect, it } from 'vitest'
import type { ShownNode } from '../../../src/contract/node.ts'
import type { ShownQueue } from '../../../src/contract/queue.ts'
import { concernsOf } from './concerns.ts'

const working = (oldestWaitingMs: number | null = null): ShownQueue => ({
  ...{ name: 'drains', state: 'working', waiting: 0, active: 0, delayed: 0, completed: 0, failed: 0 },
  oldestWaitingMs,
})
const away: ShownQueue = { name: 'drains', state: 'away', next: 'Check REDIS_URL.' }
const node = (change: Partial<ShownNode> = {}): ShownNode => ({
  ...{ id: 'n', role: 'all', version: '1.0.0', host: 'one', pid: 7, state: 'ready', capacity: 100 },
  ...{ connections: { sockets: 0, streams: 0 }, startedAt: '2026-05-10T12:00:00Z', seenAt: '2026-05-10T12:00:00Z' },
  ...change,
})
const said = (queues: ShownQueue[], workers: number, nodes: ShownNode[]) =>
  concernsOf({ queues, workers }, nodes).map(({ tone, what }) => [tone, what])

it('is not concerned while all goes well', () => {
  expect(said([working(10_000)], 1, [node()])).toEqual([])
})

it('says what follows when Redis is away, or no worker runs', () => {
  expect(said([away], 0, [node()])).toEqual([
    ['warn', 'Redis does not answer. Chats go on, what goes to Slack and Zendesk is slower, and nothing is lost.'],
    ['bad', 'No worker runs, so that nothing goes to Slack and Zendesk.'],
  ])
})

it('tells of what waits too long, of processes that are gone, and of two versions at once', () => {
  const nodes = [node(), node({ state: 'gone', host: 'two', version: '0.8.0' }), node({ version: '0.9.0' })]
  expect(said([working(40_000)], 2, nodes)).toEqual([
    ['warn', 'In drains something has waited for 40 s.'],
    ['warn', 'No sign of life from two (7): killed, or without MongoDB.'],
    ['plain', 'Processes run different versions: 0.9.0, 1.0.0.'],
  ])
})
