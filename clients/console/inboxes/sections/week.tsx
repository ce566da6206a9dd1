import type { Hours } from '../../../../src/contract/hours.ts'
import type { InboxForm } from '../inbox-form.ts'
import { Openings } from './openings.tsx'

const days = [
  ['mon', 'Monday'],
  ['tue', 'Tuesday'],
  ['wed', 'Wednesday'],
  ['thu', 'Thursday'],
  ['fri', 'Friday'],
  ['sat', 'Saturday'],
  ['sun', 'Sunday'],
] as const

interface WeekProps {
  hours: Hours
  faultAt: InboxForm['faultAt']
  onChange(weekly: Hours['weekly']): void
}

export const Week = ({ hours: { weekly }, faultAt, onChange }: WeekProps) => (
  <div class="week">
    {days.map(([day, name]) => (
      <div key={day} class="day">
        <span class="field-name">{name}</span>
        <Openings
          label={name}
          openings={weekly[day]}
          onChange={(openings) => onChange({ ...weekly, [day]: openings })}
          fault={faultAt(`hours.weekly.${day}`)}
        />
      </div>
    ))}
  </div>
)
