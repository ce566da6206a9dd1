import type { StartedSession, StartSessionInput } from '../../../src/contract/chat.ts'
import type { ErrorBody } from '../../../src/contract/errors.ts'
import type { UploadedFile } from '../../../src/contract/file.ts'
import type { ClientEvent, ServerToClient } from '../../../src/contract/socket.ts'

export type Refusal = { ok: false; error: ErrorBody }
export type Answer = { ok: true; [field: string]: unknown } | Refusal
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

export interface HttpCall {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** From `/api/chat` on. */
  path: string
  token?: string | undefined
  body?: object
}

export interface Upload {
  token: string
  /** Where the token does not name the chat. */
  sessionId?: string
  file: Blob
  name: string
  /** The part that is up, from 0 to 1. */
  progress(part: number): void
  signal: AbortSignal
}

/** How the core reaches the server. All reject when no answer came. */
export interface Transport {
  /** `earlier`: the token of an earlier chat of the same visitor. A refusal rejects with a `Refused`. */
  start(input: StartSessionInput, earlier?: string): Promise<StartedSession>
  /** `token` is asked for each time it connects: it may have been renewed. */
  connect(token: () => string): Line
  call<T>(call: HttpCall): Promise<({ ok: true } & T) | Refusal>
  /** What is no JSON. */
  text(call: Omit<HttpCall, 'body'>): Promise<string | null>
  upload(upload: Upload): Promise<({ ok: true } & UploadedFile) | Refusal>
}

/** The server has answered, and said no. */
export class Refused extends Error {
  override name = 'Refused'
  readonly refusal: ErrorBody

  constructor(refusal: ErrorBody) {
    super(refusal.message)
    this.refusal = refusal
  }
}
