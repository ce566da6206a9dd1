import type { TicketSettings } from '../../../../src/contract/inbox.ts'
import { type Choice, SelectField, Several, Switch } from '../../parts/choice.tsx'
import { TextField } from '../../parts/field.tsx'
import { MinutesField } from '../../parts/minutes-field.tsx'
import { TimeZoneField } from '../../parts/time-zone-field.tsx'
import { WordsField } from '../../parts/words-field.tsx'
import type { InboxForm } from '../inbox-form.ts'
import { orNull } from '../optional.ts'
import { TicketPlace } from './zendesk-place.tsx'
import { TicketStatus } from './zendesk-status.tsx'

const moments: readonly Choice<TicketSettings['when'][number]>[] = [
  ['first_message', 'With the first message'],
  ['unanswered', 'When nobody answers'],
  ['outside_hours', 'Outside the hours'],
  ['closed', 'When it is closed'],
]
const comments: readonly Choice<TicketSettings['comments']>[] = [
  ['private', 'As private comments'],
  ['public', 'As public comments, which Zendesk mails'],
  ['off', 'Not at all'],
]
const transcripts: readonly Choice<TicketSettings['transcript']>[] = [
  ['public', 'As a public comment, which Zendesk mails'],
  ['private', 'As a private comment'],
  ['off', 'Not at all'],
]

export function ZendeskSection({ form: { value, set, faultAt } }: { form: InboxForm }) {
  const { zendesk } = value
  const onChange = (next: TicketSettings) => set('zendesk', next)
  const put = (change: Partial<TicketSettings>) => onChange({ ...zendesk, ...change })
  const part = { zendesk, faultAt, onChange }
  return (
    <>
      <Several
        label="A chat becomes a ticket"
        hint="None chosen: only when an agent asks for it."
        choices={moments}
        chosen={zendesk.when}
        onChange={(when) => put({ when })}
        fault={faultAt('zendesk.when')}
      />
      {zendesk.when.includes('unanswered') && (
        <MinutesField
          label="Nobody has answered for"
          value={zendesk.unansweredAfter}
          onChange={(after) => put({ unansweredAfter: after ?? 0 })}
          fault={faultAt('zendesk.unansweredAfter')}
        />
      )}
      <div class="columns">
        <SelectField
          label="What is said meanwhile"
          value={zendesk.comments}
          choices={comments}
          onChange={(next) => put({ comments: next })}
          fault={faultAt('zendesk.comments')}
        />
        <SelectField
          label="The whole chat at its end"
          test="transcript"
          value={zendesk.transcript}
          choices={transcripts}
          onChange={(transcript) => put({ transcript })}
          fault={faultAt('zendesk.transcript')}
        />
      </div>
      <TextField
        label="Subject"
        isOptional
        placeholder="Chat with {{visitor.name}}"
        value={zendesk.subject ?? ''}
        onChange={(subject) => put({ subject: orNull(subject) })}
        fault={faultAt('zendesk.subject')}
      />
      <WordsField
        label="Tags"
        isOptional
        words={zendesk.tags}
        onChange={(tags) => put({ tags })}
        fault={faultAt('zendesk.tags')}
      />
      <TicketPlace {...part} />
      <TicketStatus {...part} />
      <TimeZoneField
        isOptional
        zone={zendesk.timeZone ?? ''}
        onChange={(zone) => put({ timeZone: orNull(zone) })}
        fault={faultAt('zendesk.timeZone')}
      />
      <Switch
        label="Who answers is the ticket’s assignee"
        isOn={zendesk.assign}
        onChange={(assign) => put({ assign })}
      />
    </>
  )
}
