import type { SavedView } from '../../../../src/contract/analytics.ts'
import { type Form, useForm } from '../../frame/form.ts'
import { useFrame } from '../../frame/frame.ts'
import { asProblem } from '../../frame/problem.ts'
import { type Choice, SelectField, Switch } from '../../parts/choice.tsx'
import { TextField } from '../../parts/field.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { TimeZoneField } from '../../parts/time-zone-field.tsx'
import { exactly } from '../../parts/when.ts'
import { WordsField } from '../../parts/words-field.tsx'
import type { ReportCalls } from '../calls.ts'
import { overtaken } from './overtaken.ts'
import type { ViewActs } from './saved-views.ts'
import { digestOf, type WrittenDigest, writtenDigest } from './written.ts'

interface DigestPanelProps {
  calls: ReportCalls
  view: SavedView
  acts: Pick<ViewActs, 'onDigest' | 'onOvertaken'>
  onClose(): void
}

/** When a view is sent by itself, and to whom. */
export function DigestPanel({ calls, view, acts, onClose }: DigestPanelProps) {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone
  const form = useForm(writtenDigest(view.digest, zone), async (value) => {
    const saved = await calls
      .change(view.id, { digest: digestOf(value), version: view.version })
      .catch((error: unknown) => overtaken(error, acts.onOvertaken))
    acts.onDigest(saved)
    return null
  })
  return (
    <FormPanel
      title={`Digest of “${view.name}”`}
      form={form}
      action="Save"
      onClose={onClose}
      onDone={onClose}
      other={view.digest && <SendNow {...{ calls, view }} isDisabled={form.isChanged} />}
    >
      <Switch
        label="Send this view by itself"
        hint="With its figures, and how they stand to the period before."
        test="digest-on"
        isOn={form.value.isOn}
        onChange={(isOn) => form.set('isOn', isOn)}
      />
      {form.value.isOn && (
        <>
          <When form={form} />
          <Whom form={form} />
        </>
      )}
      {view.lastSent && <LastSent sent={view.lastSent} />}
    </FormPanel>
  )
}

const rhythms: readonly Choice<WrittenDigest['every']>[] = [
  ['day', 'Every day'],
  ['week', 'Every Monday'],
  ['month', 'On the first of each month'],
]
const ways: readonly Choice<WrittenDigest['kind']>[] = [
  ['email', 'By email'],
  ['slack', 'Into a channel of Slack'],
]

type DigestForm = { form: Form<WrittenDigest> }

const When = ({ form: { value, set, faultAt } }: DigestForm) => (
  <>
    <div class="columns">
      <SelectField
        label="When"
        value={value.every}
        choices={rhythms}
        test="digest-every"
        onChange={(every) => set('every', every)}
        fault={faultAt('digest.every')}
      />
      <TextField
        label="At"
        type="time"
        test="digest-at"
        value={value.at}
        onChange={(at) => set('at', at)}
        fault={faultAt('digest.at')}
      />
    </div>
    <TimeZoneField
      test="digest-zone"
      zone={value.timeZone}
      onChange={(timeZone) => set('timeZone', timeZone)}
      fault={faultAt('digest.timeZone')}
    />
  </>
)

const Whom = ({ form: { value, set, faultAt } }: DigestForm) => (
  <>
    <SelectField
      label="How"
      value={value.kind}
      choices={ways}
      test="digest-kind"
      onChange={(kind) => set('kind', kind)}
    />
    {value.kind === 'email' ? (
      <WordsField
        label="Addresses"
        hint="Enter or a comma adds one. They need no account, so send it to nobody who may not see the figures."
        test="digest-addresses"
        words={value.addresses}
        onChange={(addresses) => set('addresses', addresses)}
        fault={faultAt('digest.to')}
      />
    ) : (
      <TextField
        label="Channel"
        hint="Its id stands at the end of the channel’s details in Slack. The app has to be in the channel."
        placeholder="C0123456789"
        test="digest-channel"
        value={value.channel}
        onChange={(channel) => set('channel', channel)}
        fault={faultAt('digest.to')}
      />
    )}
  </>
)

const LastSent = ({ sent: { at, problem } }: { sent: NonNullable<SavedView['lastSent']> }) =>
  problem === null ? (
    <p class="muted">Sent last on {exactly(at)}.</p>
  ) : (
    <p class="notice bad">
      Not sent on {exactly(at)}: {problem}
    </p>
  )

interface SendNowProps extends Pick<DigestPanelProps, 'calls' | 'view'> {
  /** What was typed and not saved would not be what is sent. */
  isDisabled: boolean
}

function SendNow({ calls, view, isDisabled }: SendNowProps) {
  const { tell } = useFrame()
  const send = () =>
    calls
      .send(view.id)
      .then(() => tell(`The digest of “${view.name}” is on its way.`))
      .catch((error: unknown) => tell(asProblem(error).message, 'problem'))
  return (
    <button type="button" class="act" data-test="send-now" disabled={isDisabled} onClick={() => void send()}>
      Send now
    </button>
  )
}
