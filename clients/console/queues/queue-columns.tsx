import type { ShownQueue } from '../../../src/contract/queue.ts'
import { lasting } from '../parts/lasting.ts'
import type { Column } from '../parts/table.tsx'

type WorkingQueue = Extract<ShownQueue, { state: 'working' }>

const holds: Readonly<Record<string, string>> = {
  drains: 'To and from Slack and Zendesk',
  webhooks: 'To webhooks',
}

const number = (title: string, of: (queue: WorkingQueue) => string | number): Column<ShownQueue> => ({
  title,
  kind: 'number',
  cell: (queue) => (queue.state === 'away' ? <span class="muted">–</span> : of(queue)),
})

export const queueColumns: readonly Column<ShownQueue>[] = [
  {
    title: 'Queue',
    cell: ({ name }) => (
      <span class="two-lines">
        {name}
        <small>{holds[name]}</small>
      </span>
    ),
  },
  number('Waiting', ({ waiting }) => waiting),
  number('Under way', ({ active }) => active),
  number('For later', ({ delayed }) => delayed),
  number('Done in 15 min', ({ completed }) => completed),
  number('Failed in 15 min', ({ failed }) => failed),
  number('Oldest waits', ({ oldestWaitingMs }) => (oldestWaitingMs === null ? '–' : lasting(oldestWaitingMs))),
]
