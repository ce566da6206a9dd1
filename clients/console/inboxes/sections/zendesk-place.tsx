import type { TicketSettings } from '../../../../src/contract/inbox.ts'
import { type Choice, SelectField } from '../../parts/choice.tsx'
import { TextField } from '../../parts/field.tsx'
import { Rows } from '../../parts/rows.tsx'
import { withOptional } from '../optional.ts'
import type { TicketPartProps } from './ticket-part.ts'

type Priority = NonNullable<TicketSettings['priority']>

const priorities: readonly Choice<Priority | ''>[] = [
  ['', 'Zendesk’s own choice'],
  ['low', 'Low'],
  ['normal', 'Normal'],
  ['high', 'High'],
  ['urgent', 'Urgent'],
]

const places = [
  ['brandId', 'Brand'],
  ['groupId', 'Group'],
  ['formId', 'Form'],
] as const

/** Where in the account a ticket is made, and with what. */
export const TicketPlace = ({ zendesk, faultAt, onChange }: TicketPartProps) => (
  <>
    <div class="columns">
      {places.map(([name, label]) => (
        <TextField
          key={name}
          label={label}
          isOptional
          placeholder="An id"
          value={zendesk[name] ?? ''}
          onChange={(id) => onChange(withOptional(zendesk, name, id))}
          fault={faultAt(`zendesk.${name}`) && 'This is a number, such as 360001234567.'}
        />
      ))}
      <SelectField
        label="Priority"
        value={zendesk.priority ?? ''}
        choices={priorities}
        onChange={(priority) => onChange(withOptional(zendesk, 'priority', priority))}
      />
    </div>
    <Rows
      label="ticket fields"
      rows={zendesk.fields}
      fresh={{ id: '', value: '' }}
      addLabel="Fill in a ticket field"
      onChange={(fields) => onChange({ ...zendesk, fields })}
    >
      {(field, put, index) => (
        <div class="columns">
          <TextField
            label="Field’s id"
            value={field.id}
            onChange={(id) => put({ id })}
            fault={faultAt(`zendesk.fields.${index}.id`) && 'This is a number, such as 360001234567.'}
          />
          <TextField
            label="Value"
            placeholder="{{visitor.topic}}"
            value={field.value}
            onChange={(value) => put({ value })}
            fault={faultAt(`zendesk.fields.${index}.value`)}
          />
        </div>
      )}
    </Rows>
  </>
)
