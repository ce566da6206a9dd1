import type { PreChatField } from '../../../../src/contract/inbox.ts'
import { type Choice, SelectField, Switch } from '../../parts/choice.tsx'
import { TextField } from '../../parts/field.tsx'
import { Rows } from '../../parts/rows.tsx'
import { WordsField } from '../../parts/words-field.tsx'
import type { InboxForm } from '../inbox-form.ts'

const fresh: PreChatField = { key: '', label: '', type: 'text', required: false, options: [] }

const types: readonly Choice<PreChatField['type']>[] = [
  ['text', 'Text'],
  ['email', 'Email'],
  ['select', 'One of some answers'],
]

export const PreChatSection = ({ form: { value, set, faultAt } }: { form: InboxForm }) => (
  <Rows
    label="questions"
    rows={value.preChat}
    fresh={fresh}
    addLabel="Add a question"
    onChange={(preChat) => set('preChat', preChat)}
  >
    {(field, put, index) => (
      <>
        <div class="columns">
          <TextField
            label="Question"
            value={field.label}
            onChange={(label) => put({ label })}
            fault={faultAt(`preChat.${index}.label`)}
          />
          <TextField
            label="Key"
            hint="name and email fill the visitor’s own fields."
            value={field.key}
            onChange={(key) => put({ key })}
            fault={faultAt(`preChat.${index}.key`)}
          />
          <SelectField
            label="Answer"
            value={field.type}
            choices={types}
            onChange={(type) => put({ type, options: type === 'select' ? field.options : [] })}
          />
        </div>
        {field.type === 'select' && (
          <WordsField
            label="Answers"
            words={field.options}
            onChange={(options) => put({ options })}
            fault={faultAt(`preChat.${index}`)}
          />
        )}
        <Switch label="Has to be answered" isOn={field.required} onChange={(required) => put({ required })} />
      </>
    )}
  </Rows>
)
