import type { ComponentChildren } from 'preact'
import type { ShownEndpoint } from '../../../../src/contract/webhook.ts'
import { Icon } from '../../frame/icon.tsx'
import { exactly } from '../../parts/when.ts'
import { disabledAt, stateOf } from '../state.ts'

interface StandingProps {
  endpoint: ShownEndpoint
  onTurnOn(): void
}

/** What is wrong with an endpoint, and what follows from it; nothing when nothing is. */
export function Standing({ endpoint, onTurnOn }: StandingProps) {
  const state = stateOf(endpoint, Date.now())
  const turnOn = (
    <button type="button" class="act" data-test="turn-on" onClick={onTurnOn}>
      Turn on
    </button>
  )
  switch (state.kind) {
    case 'on':
      return null
    case 'off':
      return (
        <Notice tone="" act={turnOn}>
          It is off and told of nothing. Once it is on again, a replay brings what it missed.
        </Notice>
      )
    case 'gone':
      return (
        <Notice tone="bad" act={turnOn}>
          It was disabled on {exactly(state.at)}, because it answered 410: it is not there any more. Nothing is sent
          until it is turned on again; a replay brings what it missed.
        </Notice>
      )
    case 'given_up':
      return (
        <Notice tone="bad" act={turnOn}>
          It was disabled on {exactly(state.at)}, because nothing but failures came back for five days. Nothing is sent
          until it is turned on again; a replay brings what it missed.
        </Notice>
      )
    case 'failing':
      return (
        <Notice tone="warn">
          Nothing was delivered since {exactly(state.since)}. If that goes on, it is disabled on{' '}
          {exactly(disabledAt(state.since))}.
        </Notice>
      )
    case 'resting':
      return (
        <Notice tone="warn">
          It rests until {exactly(state.until)}: it failed too often in a row, or asked for it. Then one call finds out
          whether it is well. Nothing of what waits is lost.
        </Notice>
      )
  }
}

const Notice = ({ tone, act, children }: { tone: string; act?: ComponentChildren; children: ComponentChildren }) => (
  <div class={`notice ${tone}`} role="status" data-test="standing">
    <Icon name="warn" />
    <p>{children}</p>
    {act}
  </div>
)
