import { useState } from 'preact/hooks'
import type { CreatedEndpoint, ShownEndpoint } from '../../../../src/contract/webhook.ts'
import { type Form, useForm } from '../../frame/form.ts'
import { useLoad } from '../../frame/load.ts'
import { asProblem, Problem } from '../../frame/problem.ts'
import { SelectField, Several, Switch } from '../../parts/choice.tsx'
import { NumberField, TextField } from '../../parts/field.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import type { WebhookCalls } from '../calls.ts'
import { EventChoice } from './event-choice.tsx'
import { OwnHeaders } from './own-headers.tsx'
import { emptyHeaders, newEndpoint, type WrittenEndpoint, writtenOf } from './written.ts'

interface EndpointPanelProps {
  calls: WebhookCalls
  /** Null: a new one. */
  shown: ShownEndpoint | null
  onClose(): void
  onCreated(created: CreatedEndpoint): void
  onDone(): void
}

export function EndpointPanel({ calls, shown, onClose, onCreated, onDone }: EndpointPanelProps) {
  const form = useEndpointForm(calls, shown, onCreated)
  return (
    <FormPanel
      title={shown ? 'Edit endpoint' : 'New endpoint'}
      form={form}
      action={shown ? 'Save' : 'Create endpoint'}
      onClose={onClose}
      onDone={onDone}
    >
      <Basics form={form} />
      <Wanted form={form} calls={calls} />
      <OwnHeaders
        kept={shown?.headers ?? []}
        headers={form.value.headers}
        onChange={(headers) => form.set('headers', headers)}
        faultAt={form.faultAt}
      />
      <Delivery form={form} isNew={shown === null} />
    </FormPanel>
  )
}

/** What somebody else changed meanwhile is told, and a second save is over it. */
function useEndpointForm(calls: WebhookCalls, shown: ShownEndpoint | null, onCreated: (one: CreatedEndpoint) => void) {
  const [before] = useState(() => (shown ? writtenOf(shown) : newEndpoint))
  const [revision, setRevision] = useState(shown?.revision ?? 1)
  return useForm(before, async (value) => {
    const empty = emptyHeaders(value.headers)
    if (empty.length > 0) throw new Problem('invalid_input', 'A value is missing.', empty)
    if (!shown) onCreated(await calls.create(value))
    else
      await calls.change(shown.id, revision, before, value).catch(async (error: unknown) => {
        const problem = asProblem(error)
        if (problem.code !== 'version_conflict') throw problem
        setRevision((await calls.one(shown.id)).revision)
        throw new Problem(problem.code, conflict)
      })
    return null
  })
}

const conflict =
  'Somebody changed this endpoint while you were here. Save again to put what you changed in the place of theirs; what you did not touch stays as they made it.'

const Basics = ({ form: { value, set, faultAt } }: { form: Form<WrittenEndpoint> }) => (
  <>
    <TextField
      label="Address"
      type="url"
      test="url"
      placeholder="https://crm.example.com/hooks"
      hint="Each event is posted there."
      value={value.url}
      onChange={(url) => set('url', url)}
      fault={faultAt('url')}
    />
    <TextField
      label="Description"
      isOptional
      test="description"
      hint="What is there, such as CRM or Data warehouse."
      value={value.description}
      onChange={(description) => set('description', description)}
      fault={faultAt('description')}
    />
    <Switch
      label="On"
      hint="What happens while it is off is brought by a replay."
      test="enabled"
      isOn={value.enabled}
      onChange={(enabled) => set('enabled', enabled)}
    />
  </>
)

function Wanted({ form: { value, set, faultAt }, calls }: { form: Form<WrittenEndpoint>; calls: WebhookCalls }) {
  const { data: types } = useLoad(calls.types, [])
  const { data: inboxes } = useLoad(calls.inboxes, [])
  return (
    <>
      <EventChoice
        types={types ?? []}
        chosen={value.events}
        onChange={(events) => set('events', events)}
        fault={faultAt('events')}
      />
      <Several
        label="Of these inboxes"
        hint="None chosen: of all of them."
        choices={(inboxes ?? []).map(({ key, name }) => [key, name] as const)}
        chosen={value.inboxes}
        onChange={(chosen) => set('inboxes', chosen)}
        fault={faultAt('inboxes')}
      />
    </>
  )
}

const Delivery = ({ form: { value, set, faultAt }, isNew }: { form: Form<WrittenEndpoint>; isNew: boolean }) => (
  <>
    <Switch
      label="In order"
      hint="A chat’s events one after the other, each once the one before was taken or given up. One that fails holds up its chat."
      test="ordered"
      isOn={value.ordered}
      onChange={(ordered) => set('ordered', ordered)}
    />
    <NumberField
      label="At most"
      unit="calls a second"
      isOptional
      hint="Empty: as they come."
      min={1}
      value={value.ratePerSecond}
      onChange={(ratePerSecond) => set('ratePerSecond', ratePerSecond)}
      fault={faultAt('ratePerSecond')}
    />
    {isNew && (
      <SelectField
        label="Signed with"
        hint="With a key pair the receiver needs no secret, and cannot sign itself."
        value={value.scheme}
        choices={schemes}
        onChange={(scheme) => set('scheme', scheme)}
      />
    )}
  </>
)

export const schemes = [
  ['v1', 'A shared secret (HMAC-SHA256)'],
  ['v1a', 'A key pair (ed25519)'],
] as const
