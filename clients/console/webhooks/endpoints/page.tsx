import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { CreatedEndpoint } from '../../../../src/contract/webhook.ts'
import { useFrame } from '../../frame/frame.ts'
import { List } from '../../parts/list.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { partsOf } from '../address.ts'
import type { WebhookCalls } from '../calls.ts'
import { Deliveries } from '../deliveries/deliveries.tsx'
import { DeliveryPanel } from '../deliveries/delivery-panel.tsx'
import { Replays } from '../replays/replays.tsx'
import { useEndpointActs } from './acts.ts'
import { Figures } from './figures.tsx'
import { NewSecret } from './new-secret.tsx'
import { EndpointPanels, type OpenPanel } from './panels.tsx'
import { EndpointSettings } from './settings.tsx'
import { Standing } from './standing.tsx'
import { useEndpointPage } from './use-endpoint-page.ts'

interface EndpointPageProps {
  id: string
  calls: WebhookCalls
}

/** One endpoint: how it stands, how it is set up, and everything that was sent to it. */
export function EndpointPage({ id, calls }: EndpointPageProps) {
  const { tell } = useFrame()
  const page = useEndpointPage(id, calls)
  const [open, setOpen] = useState<OpenPanel>(null)
  const [created, setCreated] = useState<CreatedEndpoint | null>(null)
  const acts = useEndpointActs(calls, page.again)
  const done = (what: string) => {
    setOpen(null)
    tell(what)
    page.again()
  }

  return (
    <>
      <a class="back" href="/console/webhooks">
        All endpoints
      </a>
      <List loaded={page.whole} isEmpty={() => false} empty={null}>
        {({ endpoint, counts, replays }) => (
          <div class="endpoint">
            <EndpointHead {...endpoint}>
              <button type="button" class="act" data-test="edit" onClick={() => setOpen('edit')}>
                Edit
              </button>
              <button type="button" class="act main" data-test="test" onClick={() => setOpen('test')}>
                Send a test
              </button>
            </EndpointHead>
            <Standing endpoint={endpoint} onTurnOn={() => void acts.turnOn(endpoint)} />
            <Figures endpoint={endpoint} counts={counts} />
            <Deliveries
              {...page}
              calls={calls}
              isOn={endpoint.enabled}
              onRecover={() => setOpen('recover')}
              onReplay={() => setOpen('replay')}
            />
            <Replays replays={replays} />
            <EndpointSettings
              endpoint={endpoint}
              onRotate={() => setOpen('rotate')}
              onRemove={() => void acts.remove(endpoint)}
            />
            <EndpointPanels
              {...{ open, calls, endpoint, done, again: page.again, close: () => setOpen(null) }}
              onSecret={setCreated}
            />
          </div>
        )}
      </List>
      {page.delivery && (
        <DeliveryPanel
          key={page.delivery}
          calls={calls}
          id={page.delivery}
          onClose={() => page.setDelivery(null)}
          onSent={page.again}
        />
      )}
      {created && <NewSecret created={created} onClose={() => setCreated(null)} />}
    </>
  )
}

function EndpointHead({
  url,
  description,
  children,
}: {
  url: string
  description: string
  children: ComponentChildren
}) {
  const { host, rest } = partsOf(url)
  return (
    <PageHead title={description || host} about={description ? url : rest}>
      {children}
    </PageHead>
  )
}
