import { useMemo } from 'preact/hooks'
import { useRoute } from 'preact-iso/router'
import { useFrame } from '../frame/frame.ts'
import { webhookCalls } from './calls.ts'
import { EndpointsPage } from './endpoints/list.tsx'
import { EndpointPage } from './endpoints/page.tsx'
import { CataloguePage } from './events/page.tsx'
import { VerifyPage } from './verify/page.tsx'

export function WebhooksPage() {
  const { api } = useFrame()
  const { params } = useRoute()
  const calls = useMemo(() => webhookCalls(api), [api])
  switch (params.at) {
    case undefined:
      return <EndpointsPage calls={calls} />
    case 'events':
      return <CataloguePage calls={calls} />
    case 'verify':
      return <VerifyPage />
    default:
      return <EndpointPage key={params.at} id={params.at} calls={calls} />
  }
}
