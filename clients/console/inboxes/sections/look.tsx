import type { Inbox } from '../../../../src/contract/inbox.ts'
import { type Choice, SelectField } from '../../parts/choice.tsx'
import { Field, TextField } from '../../parts/field.tsx'
import type { InboxForm } from '../inbox-form.ts'
import { orNull } from '../optional.ts'

type Look = Inbox['look']

const themes: readonly Choice<Look['theme']>[] = [
  ['auto', 'As the visitor’s system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
]
const positions: readonly Choice<Look['position']>[] = [
  ['right', 'Right'],
  ['left', 'Left'],
]

/** Seconds on a page. */
const moments: readonly Choice<string>[] = [
  ['', 'Never'],
  ['5', 'After 5 seconds on a page'],
  ['15', 'After 15 seconds'],
  ['30', 'After half a minute'],
  ['60', 'After a minute'],
  ['180', 'After 3 minutes'],
]
/** What was set by other means stays what it is. */
const choicesWith = (seconds: number | null): readonly Choice<string>[] =>
  seconds === null || moments.some(([value]) => value === String(seconds))
    ? moments
    : [...moments, [String(seconds), `After ${seconds} seconds`]]

export function LookSection({ form: { value, set, faultAt } }: { form: InboxForm }) {
  const { look } = value
  const put = (change: Partial<Look>) => set('look', { ...look, ...change })
  return (
    <>
      <div class="columns">
        <Field label="Colour" fault={faultAt('look.color')}>
          {(props) => (
            <span class="colour">
              <input
                type="color"
                aria-label="Choose the colour"
                value={look.color}
                onInput={(event) => put({ color: event.currentTarget.value })}
              />
              <input
                {...props}
                data-test="color"
                value={look.color}
                onInput={(event) => put({ color: event.currentTarget.value })}
              />
            </span>
          )}
        </Field>
        <SelectField label="Theme" value={look.theme} choices={themes} onChange={(theme) => put({ theme })} />
        <SelectField
          label="Side"
          value={look.position}
          choices={positions}
          onChange={(position) => put({ position })}
        />
      </div>
      <div class="columns">
        <TextField
          label="Words beside the button"
          isOptional
          value={look.launcherText ?? ''}
          onChange={(text) => put({ launcherText: orNull(text) })}
          fault={faultAt('look.launcherText')}
        />
        <TextField
          label="Logo"
          isOptional
          type="url"
          placeholder="https://"
          value={look.logoUrl ?? ''}
          onChange={(url) => put({ logoUrl: orNull(url) })}
          fault={faultAt('look.logoUrl')}
        />
      </div>
      <SelectField
        label="Greeting beside the button"
        value={String(look.proactiveAfter ?? '')}
        choices={choicesWith(look.proactiveAfter)}
        onChange={(seconds) => put({ proactiveAfter: seconds === '' ? null : Number(seconds) })}
      />
      <TextField
        label="Greeting"
        isOptional
        rows={2}
        test="greeting"
        hint="Said first in every chat. {{visitor.name|there}} names the visitor."
        value={value.greeting ?? ''}
        onChange={(greeting) => set('greeting', orNull(greeting))}
        fault={faultAt('greeting')}
      />
    </>
  )
}
