import type { Hours } from '../../../../src/contract/hours.ts'
import { TextField } from '../../parts/field.tsx'
import { Rows } from '../../parts/rows.tsx'
import type { InboxForm } from '../inbox-form.ts'
import { withOptional } from '../optional.ts'
import { Openings } from './openings.tsx'

interface HolidaysProps {
  hours: Hours
  faultAt: InboxForm['faultAt']
  onChange(holidays: Hours['holidays']): void
}

const fresh: Hours['holidays'][number] = { date: '', openings: [] }

/** A holiday's own openings stand in place of its weekday's. */
export const Holidays = ({ hours: { holidays }, faultAt, onChange }: HolidaysProps) => (
  <Rows label="holidays" rows={holidays} fresh={fresh} addLabel="Add a holiday" onChange={onChange}>
    {(holiday, put, index) => (
      <div class="columns">
        <TextField
          label="Day"
          type="date"
          value={holiday.date}
          onChange={(date) => put({ date })}
          fault={faultAt(`hours.holidays.${index}.date`)}
        />
        <TextField
          label="Name"
          isOptional
          value={holiday.name ?? ''}
          onChange={(name) => onChange(holidays.with(index, withOptional(holiday, 'name', name)))}
        />
        <div class="field">
          <span class="field-name">Open</span>
          <Openings
            label={holiday.date || 'The holiday'}
            openings={holiday.openings}
            onChange={(openings) => put({ openings })}
            fault={faultAt(`hours.holidays.${index}.openings`)}
          />
        </div>
      </div>
    )}
  </Rows>
)
