import type { ShownDelivery } from '../../../../src/contract/webhook.ts'
import { useLoad } from '../../frame/load.ts'
import { Ago } from '../../parts/ago.tsx'
import { Badge } from '../../parts/badge.tsx'
import { Blank, List } from '../../parts/list.tsx'
import { type Column, Table } from '../../parts/table.tsx'
import type { WebhookCalls } from '../calls.ts'
import type { EndpointPageState } from '../endpoints/use-endpoint-page.ts'
import { everyDelivery, isNarrow } from './filter.ts'
import { DeliveryFilters } from './filters.tsx'
import { Result } from './result.tsx'

interface DeliveriesProps extends Pick<EndpointPageState, 'found' | 'filter' | 'setFilter' | 'more' | 'setDelivery'> {
  calls: WebhookCalls
  /** One that is off is sent nothing again. */
  isOn: boolean
  onRecover(): void
  onReplay(): void
}

export function Deliveries({ calls, found, filter, isOn, ...props }: DeliveriesProps) {
  const { data: types } = useLoad(calls.types, [])
  return (
    <section aria-labelledby="deliveries-title">
      <header class="section-head">
        <h2 id="deliveries-title">Deliveries</h2>
        {isOn && (
          <div class="acts">
            <button type="button" class="act" data-test="recover" onClick={props.onRecover}>
              Send failed again
            </button>
            <button type="button" class="act" data-test="replay" onClick={props.onReplay}>
              Replay
            </button>
          </div>
        )}
      </header>
      <DeliveryFilters filter={filter} types={types ?? []} onChange={props.setFilter} />
      <List
        loaded={found}
        isEmpty={({ deliveries }) => deliveries.length === 0}
        empty={
          isNarrow(filter) ? (
            <Blank title="Nothing fits" text="No delivery of this endpoint is like that.">
              <button type="button" class="act" onClick={() => props.setFilter(everyDelivery)}>
                Show all
              </button>
            </Blank>
          ) : (
            <Blank title="Nothing was sent yet" text="The next event that this endpoint wants stands here." />
          )
        }
      >
        {({ deliveries, cursor }) => (
          <>
            <Table
              label="Deliveries"
              rows={deliveries}
              columns={columns}
              keyOf={({ id }) => id}
              onOpen={({ id }) => props.setDelivery(id)}
            />
            {cursor && (
              <button type="button" class="act more" onClick={() => void props.more(cursor)}>
                Show more
              </button>
            )}
          </>
        )}
      </List>
    </section>
  )
}

const columns: readonly Column<ShownDelivery>[] = [
  {
    title: 'Event',
    cell: ({ type, isTest }) => (
      <span class="badges">
        {type}
        {isTest && <Badge tone="accent">Test</Badge>}
      </span>
    ),
  },
  { title: 'Result', cell: (delivery) => <Result delivery={delivery} /> },
  { title: 'Attempts', kind: 'number', cell: ({ attempts }) => attempts },
  {
    title: 'Chat',
    kind: 'minor',
    cell: ({ sessionId }) => (sessionId ? <code>{sessionId}</code> : <span class="muted">–</span>),
  },
  { title: 'Happened', cell: ({ happenedAt }) => <Ago at={happenedAt} /> },
]
