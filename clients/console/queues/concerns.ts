import type { ShownNode } from '../../../src/contract/node.ts'
import type { QueueList } from '../../../src/contract/queue.ts'
import { lasting } from '../parts/lasting.ts'

/** What somebody should know, and what to do about it. */
export interface Concern {
  tone: 'plain' | 'warn' | 'bad'
  what: string
  next: string
}

/** Jobs are begun in much less, unless workers are too few. ms */
const longWait = 10_000

export function concernsOf({ queues, workers }: QueueList, nodes: readonly ShownNode[]): Concern[] {
  const away = queues.find((queue) => queue.state === 'away')
  return [
    ...(away ? [redisAway(away.next)] : []),
    ...(workers === 0 ? [noWorker] : []),
    ...(workers > 0 ? slowOnes(queues) : []),
    ...goneOnes(nodes),
    ...mixedVersions(nodes),
  ]
}

const redisAway = (next: string): Concern => ({
  tone: 'warn',
  what: 'Redis does not answer. Chats go on, what goes to Slack and Zendesk is slower, and nothing is lost.',
  next,
})

const noWorker: Concern = {
  tone: 'bad',
  what: 'No worker runs, so that nothing goes to Slack and Zendesk.',
  next: 'Start a process with the role worker or all.',
}

const slowOnes = (queues: QueueList['queues']): Concern[] =>
  queues.flatMap((queue) =>
    queue.state === 'working' && (queue.oldestWaitingMs ?? 0) > longWait
      ? [
          {
            tone: 'warn',
            what: `In ${queue.name} something has waited for ${lasting(queue.oldestWaitingMs ?? 0)}.`,
            next: 'If it stays so, start more workers.',
          },
        ]
      : [],
  )

function goneOnes(nodes: readonly ShownNode[]): Concern[] {
  const gone = nodes.filter(({ state }) => state === 'gone').map(({ host, pid }) => `${host} (${pid})`)
  if (gone.length === 0) return []
  return [
    {
      tone: 'warn',
      what: `No sign of life from ${gone.join(', ')}: killed, or without MongoDB.`,
      next: 'Its clients go to others. It is forgotten after an hour.',
    },
  ]
}

function mixedVersions(nodes: readonly ShownNode[]): Concern[] {
  const versions = [...new Set(nodes.filter(({ state }) => state !== 'gone').map(({ version }) => version))].sort()
  if (versions.length < 2) return []
  const what = `Processes run different versions: ${versions.join(', ')}.`
  return [{ tone: 'plain', what, next: 'That is meant only while you update.' }]
}
