import type { Hours } from '../../../../src/contract/hours.ts'
import { Switch } from '../../parts/choice.tsx'
import { TextField } from '../../parts/field.tsx'
import { TimeZoneField } from '../../parts/time-zone-field.tsx'
import type { InboxForm } from '../inbox-form.ts'
import { orNull } from '../optional.ts'
import { Holidays } from './holidays.tsx'
import { Week } from './week.tsx'

const day = [{ from: '09:00', to: '17:00' }]
/** What most begin with, in the zone of whoever sets it up. */
const usual = (): Hours => ({
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  weekly: { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [], sun: [] },
  holidays: [],
})

export function HoursSection({ form }: { form: InboxForm }) {
  const { value, set, faultAt } = form
  const { hours, outsideHours } = value
  const put = (change: Partial<Hours>) => hours && set('hours', { ...hours, ...change })
  return (
    <>
      <Switch
        label="Only at some hours"
        test="has-hours"
        hint="Otherwise it is always open."
        isOn={hours !== null}
        onChange={(has) => set('hours', has ? usual() : null)}
      />
      {hours && (
        <>
          <TimeZoneField
            test="time-zone"
            zone={hours.timeZone}
            onChange={(timeZone) => put({ timeZone })}
            fault={faultAt('hours.timeZone')}
          />
          <Week hours={hours} faultAt={faultAt} onChange={(weekly) => put({ weekly })} />
          <Holidays hours={hours} faultAt={faultAt} onChange={(holidays) => put({ holidays })} />
        </>
      )}
      <TextField
        label="Said outside the hours"
        isOptional
        rows={2}
        value={outsideHours.text ?? ''}
        onChange={(text) => set('outsideHours', { ...outsideHours, text: orNull(text) })}
        fault={faultAt('outsideHours.text')}
      />
      <Switch
        label="Ask for an email outside the hours"
        hint="So that the message that they leave can be answered."
        isOn={outsideHours.requireEmail}
        onChange={(requireEmail) => set('outsideHours', { ...outsideHours, requireEmail })}
      />
    </>
  )
}
