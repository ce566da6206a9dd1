import type { Alert, SlackSettings } from '../../../../src/contract/slack-settings.ts'
import { NumberField, TextField } from '../../parts/field.tsx'
import { MinutesField } from '../../parts/minutes-field.tsx'
import { Rows } from '../../parts/rows.tsx'
import type { InboxForm } from '../inbox-form.ts'
import { withOptional } from '../optional.ts'

interface AlertsProps {
  slack: SlackSettings
  faultAt: InboxForm['faultAt']
  onChange(alerts: Alert[]): void
}

/** The team is called because a visitor waits. */
export const Alerts = ({ slack: { alerts }, faultAt, onChange }: AlertsProps) => (
  <Rows
    label="alerts"
    rows={alerts}
    fresh={{ after: 300_000, most: 10 }}
    addLabel="Add an alert for unanswered chats"
    onChange={onChange}
    fault={faultAt('slack.alerts') && 'Two alerts cannot be due after the same time.'}
  >
    {(alert, put, index) => (
      <div class="columns">
        <MinutesField
          label="Nobody has answered for"
          value={alert.after}
          onChange={(after) => put({ after: after ?? 0 })}
          fault={faultAt(`slack.alerts.${index}.after`)}
        />
        <MinutesField
          label="Again every"
          isOptional
          value={alert.every ?? null}
          onChange={(every) => onChange(alerts.with(index, withOptional(alert, 'every', every ?? '')))}
          fault={faultAt(`slack.alerts.${index}.every`)}
        />
        <NumberField
          label="At most"
          unit="times"
          min={1}
          value={alert.most}
          onChange={(most) => put({ most: most ?? 0 })}
          fault={faultAt(`slack.alerts.${index}.most`)}
        />
        <TextField
          label="Mentions"
          isOptional
          placeholder="here, channel or an id"
          value={alert.mention ?? ''}
          onChange={(mention) => onChange(alerts.with(index, withOptional(alert, 'mention', mention)))}
          fault={faultAt(`slack.alerts.${index}.mention`)}
        />
      </div>
    )}
  </Rows>
)
