import type { SlackSettings } from '../../../../src/contract/slack-settings.ts'
import { type Choice, SelectField, Switch } from '../../parts/choice.tsx'
import { TextField } from '../../parts/field.tsx'
import type { InboxForm } from '../inbox-form.ts'
import { withOptional } from '../optional.ts'
import { Alerts } from './slack-alerts.tsx'
import { ChannelRules } from './slack-channel-rules.tsx'

const sends: readonly Choice<SlackSettings['send']>[] = [
  ['all', 'All that are no notes'],
  ['explicit', 'Only those that begin with the signal'],
]

export function SlackSection({ form }: { form: InboxForm }) {
  const { value, set, faultAt } = form
  const { slack } = value
  const put = (change: Partial<SlackSettings>) => set('slack', { ...slack, ...change })
  return (
    <>
      <TextField
        label="Channel"
        isOptional
        test="slack-channel"
        placeholder="C0123456789"
        hint="The id at the end of the channel’s link. Empty: the installation’s channel."
        value={slack.channel ?? ''}
        onChange={(channel) => set('slack', withOptional(slack, 'channel', channel))}
        fault={faultAt('slack.channel')}
      />
      <ChannelRules slack={slack} faultAt={faultAt} onChange={(routes) => put({ routes })} />
      <Alerts slack={slack} faultAt={faultAt} onChange={(alerts) => put({ alerts })} />
      <div class="columns">
        <TextField
          label="A note begins with"
          value={slack.notePrefix}
          onChange={(notePrefix) => put({ notePrefix })}
          fault={faultAt('slack.notePrefix')}
        />
        <SelectField
          label="Replies that reach the customer"
          value={slack.send}
          choices={sends}
          onChange={(send) => put({ send })}
        />
        {slack.send === 'explicit' && (
          <TextField
            label="The signal"
            value={slack.sendPrefix}
            onChange={(sendPrefix) => put({ sendPrefix })}
            fault={faultAt('slack.sendPrefix')}
          />
        )}
      </div>
      <Switch
        label="Chats may stand in channels shared with other organisations"
        isOn={slack.allowShared}
        onChange={(allowShared) => put({ allowShared })}
      />
      <Switch
        label="People of other organisations may answer"
        isOn={slack.allowOutsiders}
        onChange={(allowOutsiders) => put({ allowOutsiders })}
      />
    </>
  )
}
