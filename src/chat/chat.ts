import type { Actor } from '../contract/event.ts'
import type { Log } from '../log/log.ts'
import type { Ids } from '../platform/ids.ts'
import type { Limits } from '../platform/settings.ts'
import type { Files } from './files/files.ts'
import type { Pictures } from './pictures/pictures.ts'
import type { SessionSummary } from './sessions/summary.ts'

/** What every use case of the chat needs. */
export interface ChatDeps {
  log: Log<SessionSummary>
  ids: Ids
  limits: Limits
  files: Files
  pictures: Pictures
  now(): number
}

/** Who acts, as far as a request can prove it. */
export type Caller = Extract<Actor, { kind: 'visitor' | 'agent' | 'admin' }>
