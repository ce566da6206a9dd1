import { useState } from 'preact/hooks'
import type { ShownEndpoint } from '../../../../src/contract/webhook.ts'
import { useForm } from '../../frame/form.ts'
import { useLoad } from '../../frame/load.ts'
import { Switch } from '../../parts/choice.tsx'
import { TextField } from '../../parts/field.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import type { WebhookCalls } from '../calls.ts'
import { EventChoice } from '../endpoints/event-choice.tsx'
import { fromLocal, toLocal } from '../local-time.ts'
import { aDayAgo } from './a-day-ago.ts'

interface ReplayPanelProps {
  calls: WebhookCalls
  endpoint: ShownEndpoint
  onClose(): void
  onDone(what: string): void
}

export function ReplayPanel({ calls, endpoint, onClose, onDone }: ReplayPanelProps) {
  const { data: types } = useLoad(calls.types, [])
  const [first] = useState(() => rangeUntil(Date.now(), endpoint.events))
  const form = useForm(first, async ({ from, to, ...replay }) => {
    await calls.replay(endpoint.id, { ...replay, from: fromLocal(from), to: fromLocal(to) })
    onDone('The replay has begun.')
    return null
  })
  const { value, set, faultAt } = form
  return (
    <FormPanel title="Replay" form={form} action="Begin" onClose={onClose} onDone={() => {}}>
      <p>Brings what happened in a time that this endpoint missed: while it was off, or before it was made.</p>
      <div class="columns">
        <TextField
          label="From"
          type="datetime-local"
          test="from"
          value={value.from}
          onChange={(from) => set('from', from)}
          fault={faultAt('from')}
        />
        <TextField
          label="To"
          type="datetime-local"
          test="to"
          value={value.to}
          onChange={(to) => set('to', to)}
          fault={faultAt('to')}
        />
      </div>
      <Switch
        label="Also what it has already"
        hint="Each event comes under the webhook-id that it had, so that a receiver can tell."
        test="again"
        isOn={value.again}
        onChange={(again) => set('again', again)}
      />
      <EventChoice
        types={types ?? []}
        chosen={value.events}
        onChange={(events) => set('events', events)}
        fault={faultAt('events')}
      />
    </FormPanel>
  )
}

/** To the end of this minute: inputs know no seconds. */
const rangeUntil = (now: number, events: readonly string[]) => ({
  from: aDayAgo(now),
  to: toLocal(new Date(now + 60_000).toISOString()),
  again: false,
  events: [...events],
})
