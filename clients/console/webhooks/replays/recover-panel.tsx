import { useState } from 'preact/hooks'
import type { ShownEndpoint } from '../../../../src/contract/webhook.ts'
import { useForm } from '../../frame/form.ts'
import { TextField } from '../../parts/field.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import type { WebhookCalls } from '../calls.ts'
import { fromLocal } from '../local-time.ts'
import { aDayAgo } from './a-day-ago.ts'

interface RecoverPanelProps {
  calls: WebhookCalls
  endpoint: ShownEndpoint
  onClose(): void
  onDone(what: string): void
}

export function RecoverPanel({ calls, endpoint, onClose, onDone }: RecoverPanelProps) {
  const [first] = useState(() => ({ since: aDayAgo(Date.now()) }))
  const form = useForm(first, async ({ since }) => {
    const count = await calls.recover(endpoint.id, fromLocal(since))
    onDone(count === 0 ? 'Nothing had failed since then.' : `${count} on their way again.`)
    return null
  })
  const { value, set, faultAt } = form
  return (
    <FormPanel title="Send failed again" form={form} action="Send again" onClose={onClose} onDone={() => {}}>
      <p>All that was given up after its last attempt begins its attempts anew, under the same webhook-id.</p>
      <TextField
        label="Of events since"
        type="datetime-local"
        test="since"
        value={value.since}
        onChange={(since) => set('since', since)}
        fault={faultAt('since')}
      />
    </FormPanel>
  )
}
