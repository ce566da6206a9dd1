import { NumberField } from '../../parts/field.tsx'
import type { InboxForm } from '../inbox-form.ts'

export const RetentionSection = ({ form: { value, set, faultAt } }: { form: InboxForm }) => (
  <NumberField
    label="Erase chats that were closed"
    unit="days ago"
    isOptional
    min={1}
    test="retention"
    hint="In Slack and Zendesk as well. Empty: they are kept until somebody erases them."
    value={value.retentionDays}
    onChange={(retentionDays) => set('retentionDays', retentionDays)}
    fault={faultAt('retentionDays')}
  />
)
