import type { TicketSettings } from '../../../../src/contract/inbox.ts'
import { type Choice, SelectField } from '../../parts/choice.tsx'
import type { TicketPartProps } from './ticket-part.ts'

type StatusAfter = TicketSettings['statusAfter']
type Open = NonNullable<StatusAfter['visitor']>

const open: readonly Choice<Open | ''>[] = [
  ['', 'Stays as it is'],
  ['open', 'Open'],
  ['pending', 'Pending'],
  ['hold', 'On hold'],
]
const closing: readonly Choice<Open | 'solved' | ''>[] = [...open, ['solved', 'Solved']]

export function TicketStatus({ zendesk, onChange }: TicketPartProps) {
  const { statusAfter } = zendesk
  const put = (change: Partial<StatusAfter>) => onChange({ ...zendesk, statusAfter: { ...statusAfter, ...change } })
  return (
    <div class="columns">
      <SelectField
        label="After the visitor wrote"
        value={statusAfter.visitor ?? ''}
        choices={open}
        onChange={(status) => put({ visitor: status === '' ? null : status })}
      />
      <SelectField
        label="After an answer"
        value={statusAfter.agent ?? ''}
        choices={open}
        onChange={(status) => put({ agent: status === '' ? null : status })}
      />
      <SelectField
        label="After the chat was closed"
        value={statusAfter.closing ?? ''}
        choices={closing}
        onChange={(status) => put({ closing: status === '' ? null : status })}
      />
    </div>
  )
}
