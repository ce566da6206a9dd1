import type { ShownNode } from '../../../src/contract/node.ts'
import type { QueueList } from '../../../src/contract/queue.ts'
import type { Api } from '../frame/api.ts'
import { useFrame } from '../frame/frame.ts'
import { Icon } from '../frame/icon.tsx'
import { useLive } from '../frame/live.ts'
import { List } from '../parts/list.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { Table } from '../parts/table.tsx'
import { type Concern, concernsOf } from './concerns.ts'
import { processColumns } from './process-columns.tsx'
import { queueColumns } from './queue-columns.tsx'

const everyMs = 4_000

export function QueuesPage() {
  const { api } = useFrame()
  const loaded = useLive(() => readQueues(api), [api], everyMs)
  return (
    <>
      <PageHead
        title="Queues and processes"
        about="How much is to be done, and who does it. This page keeps itself up to date while you look at it."
      />
      <Concerns concerns={loaded.data ? concernsOf(loaded.data.list, loaded.data.nodes) : []} />
      <List loaded={loaded} isEmpty={() => false} empty={null}>
        {({ list, nodes }) => (
          <div class="sections">
            <section aria-labelledby="queues">
              <header class="filters">
                <h2 id="queues">Queues</h2>
                <span class="muted" data-test="workers">
                  {list.workers === 1 ? '1 worker takes' : `${list.workers} workers take`} from them
                </span>
              </header>
              <Table label="Queues" rows={list.queues} columns={queueColumns} keyOf={({ name }) => name} />
              <p class="hint">
                Redis holds these, and sweeps refill it from MongoDB: what failed, or was lost with Redis, is found
                again.
              </p>
            </section>
            <section aria-labelledby="processes">
              <header class="filters">
                <h2 id="processes">Processes</h2>
              </header>
              <Table
                label="Processes"
                rows={nodes}
                columns={processColumns}
                keyOf={({ id }) => id}
                isDim={({ state }) => state === 'gone'}
              />
            </section>
          </div>
        )}
      </List>
    </>
  )
}

async function readQueues(api: Api) {
  const [list, { nodes }] = await Promise.all([
    api.get<QueueList>('/api/admin/queues'),
    api.get<{ nodes: ShownNode[] }>('/api/admin/nodes'),
  ])
  return { list, nodes }
}

/** There before anything is wrong, so that it is read out when it comes. */
const Concerns = ({ concerns }: { concerns: readonly Concern[] }) => (
  <div class="concerns" role="status">
    {concerns.map(({ tone, what, next }) => (
      <div key={what} class={`notice ${tone}`}>
        <Icon name="warn" />
        <p>
          {what} <span class="next">{next}</span>
        </p>
      </div>
    ))}
  </div>
)
