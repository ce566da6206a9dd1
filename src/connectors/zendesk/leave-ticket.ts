import { type Move, RemoteFailure } from '../../bridge/port/failure.ts'
import type { SessionId } from '../../contract/ids.ts'
import type { Logger } from '../../platform/log-output.ts'
import { type OddStateName, oddStates, tell } from './odd-states.ts'
import { ZendeskError } from './transport.ts'

interface Left {
  session: SessionId
  ticket: string
  err: unknown
}

/** The chat cannot go on in its ticket. */
export function leaving(logger: Logger, state: OddStateName, left: Left, to: Move): RemoteFailure {
  tell(logger, state, left)
  return new RemoteFailure({ kind: 'repair', ...to }, oddStates[state].said, { cause: left.err })
}

/** A deleted ticket: another one is made. */
export const gone =
  (logger: Logger, { session, ticket }: Omit<Left, 'err'>) =>
  (err: unknown): never => {
    if (!(err instanceof ZendeskError) || err.status !== 404) throw err
    throw leaving(logger, 'deleted', { session, ticket, err }, { remote: { had: ticket } })
  }
