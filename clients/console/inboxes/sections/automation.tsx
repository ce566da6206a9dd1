import type { Inbox } from '../../../../src/contract/inbox.ts'
import { Switch } from '../../parts/choice.tsx'
import { TextField } from '../../parts/field.tsx'
import { MinutesField } from '../../parts/minutes-field.tsx'
import type { InboxForm } from '../inbox-form.ts'
import { orNull } from '../optional.ts'

type Automation = Inbox['automation']

const usual = { after: 60_000, text: 'Thank you for waiting. Somebody will be with you soon.' }

export function AutomationSection({ form: { value, set, faultAt } }: { form: InboxForm }) {
  const { automation } = value
  const { whileWaiting } = automation
  const put = (change: Partial<Automation>) => set('automation', { ...automation, ...change })
  return (
    <>
      <TextField
        label="When nobody is online"
        isOptional
        rows={2}
        value={automation.nobodyThere ?? ''}
        onChange={(text) => put({ nobodyThere: orNull(text) })}
        fault={faultAt('automation.nobodyThere')}
      />
      <Switch
        label="Say something to whoever waits"
        isOn={whileWaiting !== null}
        onChange={(isOn) => put({ whileWaiting: isOn ? usual : null })}
      />
      {whileWaiting && (
        <>
          <MinutesField
            label="After"
            value={whileWaiting.after}
            onChange={(after) => put({ whileWaiting: { ...whileWaiting, after: after ?? 0 } })}
            fault={faultAt('automation.whileWaiting.after')}
          />
          <TextField
            label="What is said"
            rows={2}
            value={whileWaiting.text}
            onChange={(text) => put({ whileWaiting: { ...whileWaiting, text } })}
            fault={faultAt('automation.whileWaiting.text')}
          />
        </>
      )}
      <TextField
        label="Before a quiet chat ends"
        rows={2}
        hint="{{minutes}} is what is left."
        value={automation.timeoutWarning}
        onChange={(timeoutWarning) => put({ timeoutWarning })}
        fault={faultAt('automation.timeoutWarning')}
      />
    </>
  )
}
