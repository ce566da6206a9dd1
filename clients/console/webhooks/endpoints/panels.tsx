import type { CreatedEndpoint, ShownEndpoint } from '../../../../src/contract/webhook.ts'
import type { WebhookCalls } from '../calls.ts'
import { RecoverPanel } from '../replays/recover-panel.tsx'
import { ReplayPanel } from '../replays/replay-panel.tsx'
import { EndpointPanel } from './panel.tsx'
import { RotatePanel } from './rotate-panel.tsx'
import { TestPanel } from './test-panel.tsx'

export type OpenPanel = 'edit' | 'test' | 'rotate' | 'recover' | 'replay' | null

interface EndpointPanelsProps {
  open: OpenPanel
  calls: WebhookCalls
  endpoint: ShownEndpoint
  again(): void
  close(): void
  done(what: string): void
  /** A new one, to be shown this once. */
  onSecret(created: CreatedEndpoint): void
}

/** What is done to an endpoint in a form, one at a time. */
export function EndpointPanels({ open, calls, endpoint, again, close, done, onSecret }: EndpointPanelsProps) {
  const common = { calls, endpoint, onClose: close }
  switch (open) {
    case null:
      return null
    case 'edit': {
      const saved = () => done('The endpoint was saved.')
      return <EndpointPanel calls={calls} onClose={close} shown={endpoint} onCreated={onSecret} onDone={saved} />
    }
    case 'test':
      return <TestPanel {...common} onSent={again} />
    case 'rotate': {
      const rotated = (created: CreatedEndpoint) => {
        onSecret(created)
        done('The new secret is in force.')
      }
      return <RotatePanel {...common} onDone={rotated} />
    }
    case 'recover':
      return <RecoverPanel {...common} onDone={done} />
    case 'replay':
      return <ReplayPanel {...common} onDone={done} />
  }
}
