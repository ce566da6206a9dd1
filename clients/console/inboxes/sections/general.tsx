import { Switch } from '../../parts/choice.tsx'
import { CopyText } from '../../parts/copy-text.tsx'
import { TextField } from '../../parts/field.tsx'
import { WordsField } from '../../parts/words-field.tsx'
import type { InboxForm } from '../inbox-form.ts'
import { snippetOf } from '../snippet.ts'

export const GeneralSection = ({ form: { value, set, faultAt } }: { form: InboxForm }) => (
  <>
    <TextField
      label="Name"
      test="name"
      value={value.name}
      onChange={(name) => set('name', name)}
      fault={faultAt('name')}
    />
    <WordsField
      label="Sites"
      test="sites"
      hint="Who may show the widget and speak for its visitors, such as https://shop.example. * is any."
      words={value.allowedOrigins}
      onChange={(origins) => set('allowedOrigins', origins)}
      fault={faultAt('allowedOrigins')}
    />
    <Switch
      label="Takes new chats"
      hint="Switched off, the chats that it has go on."
      isOn={value.enabled}
      onChange={(enabled) => set('enabled', enabled)}
    />
    <div class="field">
      <span class="field-name">Put it on a page</span>
      <CopyText label="The widget’s tag" text={snippetOf(location.origin, value.key)} />
    </div>
  </>
)
