import type { Inbox } from '../../../../src/contract/inbox.ts'
import { type Choice, SelectField, Switch } from '../../parts/choice.tsx'
import { NumberField } from '../../parts/field.tsx'
import type { InboxForm } from '../inbox-form.ts'
import { IdentityKeys } from './identity-keys.tsx'

type Challenge = Inbox['challenge']

const moments: readonly Choice<Challenge['when']>[] = [
  ['never', 'Never'],
  ['flood', 'While there is a flood'],
  ['always', 'Always'],
]

export function ProtectionSection({ form: { value, set, faultAt } }: { form: InboxForm }) {
  const { challenge } = value
  const put = (change: Partial<Challenge>) => set('challenge', { ...challenge, ...change })
  return (
    <>
      <div class="columns">
        <SelectField
          label="New chats solve a challenge"
          value={challenge.when}
          choices={moments}
          onChange={(when) => put({ when })}
        />
        {challenge.when === 'flood' && (
          <NumberField
            label="It is a flood above"
            unit="chats a minute"
            min={1}
            value={challenge.floodAbove}
            onChange={(floodAbove) => put({ floodAbove: floodAbove ?? 0 })}
            fault={faultAt('challenge.floodAbove')}
          />
        )}
      </div>
      <Switch
        label="Only visitors whom the site identifies"
        hint="By a token that the site’s own backend signs with one of these keys."
        isOn={value.identityRequired}
        onChange={(identityRequired) => set('identityRequired', identityRequired)}
      />
      <IdentityKeys inbox={value.key} />
    </>
  )
}
