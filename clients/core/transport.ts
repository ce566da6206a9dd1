import type { StartedSession, StartSessionInput } from '../../src/contract/chat.ts'
import type { ErrorBody } from '../../src/contract/errors.ts'
import type { ClientEvent, ServerToClient } from '../../src/contract/socket.ts'

export type Answer = { ok: true; [field: string]: unknown } | { ok: false; error: ErrorBody }
export type ServerEvent = keyof ServerToClient

/** A connection that comes back by itself; what was missed meanwhile is pulled by joining again. */
export interface Line {
  on<E extends ServerEvent>(event: E, listener: ServerToClient[E]): void
  onUp(listener: () => void): void
  /** `refused`: the token is not accepted, and will not be. */
  onDown(listener: (refused: boolean) => void): void
  /** Rejects when no answer came in time. */
  ask(event: ClientEvent, payload: object): Promise<Answer>
  close(): void
}

/** How the core reaches the server. */
export interface Transport {
  /** `earlier`: the token of an earlier chat of the same visitor. */
  start(input: StartSessionInput, earlier?: string): Promise<StartedSession>
  connect(token: string): Line
}
