import type { ConnectorFailure, FailureClass } from '../../contract/connector-health.ts'
import type { Trouble } from '../links/held-up.ts'

/** What an administrator does about a failure of this class. */
const next: Readonly<Record<FailureClass, string>> = {
  transient: 'Nothing: it is tried again by itself. If it lasts, look whether the destination has an outage.',
  limited: 'Nothing: it goes on when the destination takes calls again. If it comes back often, lower its pace.',
  ambiguous: 'Nothing: the call is looked up and made again if it is not there. If it lasts, look at the destination.',
  repair: 'Nothing: the thread or ticket was gone, and the chat goes on in another one.',
  halted: 'Mend what the text names at the destination (bin/deskbridge doctor says where), then press retry.',
  refused: 'Read the message in Deskbridge; a placeholder stands for it. Retry tries again what is not there at all.',
}

export const nextFor = (kind: FailureClass): string => next[kind]

export const failureShown = ({ kind, code, text, at }: Trouble): ConnectorFailure => ({
  class: kind,
  code,
  text,
  next: next[kind],
  at: new Date(at).toISOString(),
})
