import type { CreatedEndpoint, RotateSecret, ShownEndpoint } from '../../../../src/contract/webhook.ts'
import { useForm } from '../../frame/form.ts'
import { SelectField } from '../../parts/choice.tsx'
import { NumberField } from '../../parts/field.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import type { WebhookCalls } from '../calls.ts'
import { schemes } from './panel.tsx'

interface RotatePanelProps {
  calls: WebhookCalls
  endpoint: ShownEndpoint
  onClose(): void
  onDone(rotated: CreatedEndpoint): void
}

export function RotatePanel({ calls, endpoint, onClose, onDone }: RotatePanelProps) {
  const first: RotateSecret = { scheme: endpoint.secrets[0]?.scheme ?? 'v1', overlapHours: 24 }
  const form = useForm(first, async (wanted) => {
    onDone(await calls.rotate(endpoint.id, wanted))
    return null
  })
  const { value, set, faultAt } = form
  return (
    <FormPanel title="Change the secret" form={form} action="Make a new secret" onClose={onClose} onDone={() => {}}>
      <p>
        Each call is signed with the new secret at once, and with those before as well until the overlap is over. Give
        the receiver the new one in the meantime: it misses nothing.
      </p>
      <NumberField
        label="Overlap"
        unit="hours"
        test="overlap"
        hint="Up to 168. With 0 the secrets before stop at once, as for one that became known."
        value={value.overlapHours}
        onChange={(hours) => set('overlapHours', hours ?? 0)}
        fault={faultAt('overlapHours')}
      />
      <SelectField
        label="Signed with"
        value={value.scheme}
        choices={schemes}
        onChange={(scheme) => set('scheme', scheme)}
      />
    </FormPanel>
  )
}
