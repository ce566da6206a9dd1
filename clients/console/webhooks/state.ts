import type { ShownEndpoint } from '../../../src/contract/webhook.ts'

/** How an endpoint stands. `gone` and `given_up`: the service itself has turned it off. */
export type EndpointState =
  | { kind: 'on' }
  | { kind: 'off' }
  | { kind: 'gone'; at: string }
  | { kind: 'given_up'; at: string }
  | { kind: 'failing'; since: string }
  | { kind: 'resting'; until: string; since: string | null }

type Standing = Pick<ShownEndpoint, 'enabled' | 'disabled' | 'failingSince' | 'restsUntil'>

export function stateOf({ enabled, disabled, failingSince, restsUntil }: Standing, now: number): EndpointState {
  if (!enabled && disabled) return { kind: disabled.why === 'gone' ? 'gone' : 'given_up', at: disabled.at }
  if (!enabled) return { kind: 'off' }
  if (restsUntil !== null && Date.parse(restsUntil) > now)
    return { kind: 'resting', until: restsUntil, since: failingSince }
  return failingSince === null ? { kind: 'on' } : { kind: 'failing', since: failingSince }
}

/** Nothing but failures for so long, and the service turns an endpoint off. ms */
const patience = 5 * 86_400_000

export const disabledAt = (failingSince: string): string => new Date(Date.parse(failingSince) + patience).toISOString()
