import type { Desk, Threads } from '../../../bridge/port/desk.ts'
import type { Logger } from '../../../platform/log-output.ts'
import type { SlackApi } from '../api.ts'
import type { SlackFiles } from '../arrivals/files.ts'
import type { People } from '../people.ts'
import type { Workspace, Workspaces } from '../workspace.ts'

export interface ActionDeps {
  api: SlackApi
  people: People
  /** What was sent along in a message. */
  files: SlackFiles
  workspaces: Workspaces
  /** Where a channel is, which may be another workspace than that in which somebody acts. Throws `RemoteFailure`. */
  workspaceOf(channel: string): Promise<Workspace>
  desk: Desk
  threads: Threads
  /** Names one opening of a modal. */
  newKey(): string
  logger: Logger
}
