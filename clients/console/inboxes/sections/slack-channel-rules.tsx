import type { SlackSettings } from '../../../../src/contract/slack-settings.ts'
import { type Choice, SelectField } from '../../parts/choice.tsx'
import { TextField } from '../../parts/field.tsx'
import { Rows } from '../../parts/rows.tsx'
import { WordsField } from '../../parts/words-field.tsx'
import type { InboxForm } from '../inbox-form.ts'
import { withOptional } from '../optional.ts'

type ChannelRule = SlackSettings['routes'][number]

const hours: readonly Choice<'' | 'open' | 'outside'>[] = [
  ['', 'At any time'],
  ['open', 'Within the hours'],
  ['outside', 'Outside the hours'],
]

interface ChannelRulesProps {
  slack: SlackSettings
  faultAt: InboxForm['faultAt']
  onChange(routes: ChannelRule[]): void
}

/** Which chats have their threads elsewhere. The first rule that fits counts. */
export function ChannelRules({ slack: { routes }, faultAt, onChange }: ChannelRulesProps) {
  const list = (words: string[]) => (words.length === 0 ? '' : words)
  const replace = (index: number, rule: ChannelRule) => onChange(routes.with(index, rule))
  return (
    <Rows
      label="channel rules"
      rows={routes}
      fresh={{ channel: '' }}
      addLabel="Add a rule for another channel"
      onChange={onChange}
    >
      {(rule, put, index) => (
        <>
          <div class="columns">
            <TextField
              label="Goes to channel"
              placeholder="C0123456789"
              value={rule.channel}
              onChange={(channel) => put({ channel })}
              fault={faultAt(`slack.routes.${index}`)}
            />
            <SelectField
              label="When it begins"
              value={rule.hours ?? ''}
              choices={hours}
              onChange={(when) => replace(index, withOptional(rule, 'hours', when))}
            />
          </div>
          <div class="columns">
            <WordsField
              label="With one of these languages"
              isOptional
              placeholder="pt, pt-BR"
              words={rule.languages ?? []}
              onChange={(words) => replace(index, withOptional(rule, 'languages', list(words)))}
            />
            <WordsField
              label="With one of these tags"
              isOptional
              words={rule.tags ?? []}
              onChange={(words) => replace(index, withOptional(rule, 'tags', list(words)))}
            />
          </div>
        </>
      )}
    </Rows>
  )
}
