import type { ShownDelivery, WholeDelivery } from '../../../../src/contract/webhook.ts'
import { useFrame } from '../../frame/frame.ts'
import { useLoad } from '../../frame/load.ts'
import { asProblem } from '../../frame/problem.ts'
import { Dialog } from '../../parts/dialog.tsx'
import { List } from '../../parts/list.tsx'
import { exactly } from '../../parts/when.ts'
import type { WebhookCalls } from '../calls.ts'
import { JsonText } from '../events/json-text.tsx'
import { AttemptView } from './attempt.tsx'
import { pollPause } from './poll-pause.ts'
import { Result } from './result.tsx'
import { usePoll } from './use-poll.ts'

interface DeliveryPanelProps {
  calls: WebhookCalls
  id: string
  onClose(): void
  onSent(): void
}

export function DeliveryPanel({ calls, id, onClose, onSent }: DeliveryPanelProps) {
  const { tell } = useFrame()
  const loaded = useLoad(() => calls.delivery(id), [id])
  const { data } = loaded
  usePoll(data && pollPause([data], false, Date.now()), loaded.again)
  const resend = () =>
    calls.resend(id).then(
      () => {
        tell('It is sent again.')
        loaded.again()
        onSent()
      },
      (error: unknown) => tell(asProblem(error).message, 'problem'),
    )

  return (
    <Dialog title={data?.type ?? 'Delivery'} kind="panel" onClose={onClose}>
      <div class="dialog-body delivery">
        <List loaded={loaded} isEmpty={() => false} empty={null}>
          {(delivery) => <Whole delivery={delivery} />}
        </List>
      </div>
      <footer class="dialog-foot">
        <button type="button" class="act" onClick={onClose}>
          Close
        </button>
        {data && !data.isTest && (
          <button type="button" class="act main" data-test="resend" onClick={() => void resend()}>
            Send again
          </button>
        )}
      </footer>
    </Dialog>
  )
}

const Whole = ({ delivery }: { delivery: WholeDelivery }) => (
  <div class="whole">
    <Facts delivery={delivery} />
    <section aria-labelledby="attempts-title">
      <h3 id="attempts-title">Attempts</h3>
      {delivery.log.length === 0 && <p class="muted">None yet.</p>}
      {delivery.log.toReversed().map((attempt, index) => (
        <AttemptView key={attempt.at} attempt={attempt} isOpen={index === 0} />
      ))}
    </section>
    {!delivery.isTest && (
      <section aria-labelledby="payload-title">
        <h3 id="payload-title">What would be sent now</h3>
        {delivery.payload === null ? (
          <p class="muted">Nothing: there is nothing left of it that could be told.</p>
        ) : (
          <JsonText label="Payload" value={delivery.payload} test="payload" />
        )}
      </section>
    )}
  </div>
)

const Facts = ({ delivery }: { delivery: ShownDelivery }) => (
  <dl class="facts">
    <dt>Result</dt>
    <dd>
      <Result delivery={delivery} />
    </dd>
    <dt>Event</dt>
    <dd>
      <code>{delivery.eventId}</code>
      {delivery.isTest && ' an example that was sent as a test'}
    </dd>
    {delivery.sessionId && (
      <>
        <dt>Chat</dt>
        <dd>
          <code>{delivery.sessionId}</code> event {delivery.seq}
        </dd>
      </>
    )}
    <dt>Happened</dt>
    <dd>{exactly(delivery.happenedAt)}</dd>
    {delivery.nextAt && (
      <>
        <dt>Next attempt</dt>
        <dd>{exactly(delivery.nextAt)}</dd>
      </>
    )}
  </dl>
)
